import { type ComponentType, lazy, useState } from 'react'

/** A view that is a script of its own. */
interface OnDemand {
  /** Loads it, so that it is drawn at once. */
  readonly load: () => Promise<void>
  /** What draws it now: the view if it is loaded, else what waits for it. */
  readonly drawing: () => ComponentType
}

/** A view that is loaded when it is first drawn, or before. */
export function onDemand(script: () => Promise<ComponentType>): OnDemand {
  let loaded: ComponentType | undefined
  const Later = lazy(async () => ({ default: await script() }))
  return {
    load: async () => {
      loaded = await script()
    },
    drawing: () => loaded ?? Later,
  }
}

/** Draws a view; React leaves a fallback for at least 300 ms, so there is none for what is loaded. */
export function View({ of }: { readonly of: OnDemand }) {
  const [Drawing] = useState(of.drawing)
  return <Drawing />
}
