import type { PanelData } from '@grafana/data'
import { ErrorBoundary } from '@grafana/ui'
import { type ReactNode, useLayoutEffect } from 'react'

interface CaughtProps {
  readonly data: PanelData
  /** Receives what a drawing has thrown, and null once it is drawn. */
  readonly onCrash: (message: string | null) => void
  readonly children: ReactNode
}

/** A drawing; what it throws is reported instead, and it is tried again when other data comes. */
export function Caught({ data, onCrash, children }: CaughtProps) {
  return (
    <ErrorBoundary dependencies={[data]} onError={(error) => onCrash(error.message || String(error))}>
      {({ error }) =>
        error === null ? (
          <Tried data={data} onCrash={onCrash}>
            {children}
          </Tried>
        ) : null
      }
    </ErrorBoundary>
  )
}

/** Its effect runs only if nothing below it has thrown. */
function Tried({ data, onCrash, children }: CaughtProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: other data is another try
  useLayoutEffect(() => onCrash(null), [data, onCrash])
  return children
}
