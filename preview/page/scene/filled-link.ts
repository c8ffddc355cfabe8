import { type SceneObject, sceneGraph } from '@grafana/scenes'
import { VariableFormatID } from '@grafana/schema'
import { useEffect, useReducer } from 'react'
import type { LinkJson } from '../dashboard.ts'
import { type Destinations, destinationOf } from './destinations.ts'

/** A link of a panel or a dashboard as it is shown: an address, or why it leads nowhere. */
export interface FilledLink {
  readonly title: string
  readonly tooltip: string
  readonly href: string | null
  readonly why: string
  /** Whether it opens in a tab of its own. */
  readonly isTab: boolean
}

/** A link with the variables and times that an object of the scene sees. */
export function filledLink(link: LinkJson, object: SceneObject, destinations: Destinations): FilledLink {
  const { title = '', tooltip = '', url = '', targetBlank = false } = link
  const text = (of: string) => sceneGraph.interpolate(object, of)
  const found = destinationOf(
    withKept(sceneGraph.interpolate(object, url, undefined, VariableFormatID.UriEncode), keptBy(link, object)),
    destinations,
  )
  const shown = { title: text(title) || url, tooltip: text(tooltip) }
  return 'why' in found
    ? { ...shown, href: null, why: found.why, isTab: false }
    : { ...shown, href: found.href, why: '', isTab: found.isOutside || targetBlank }
}

/** What a link keeps of the view, as parts of an address. */
export const keptBy = ({ keepTime, includeVars }: LinkJson, object: SceneObject): readonly string[] =>
  [keepTime ? '$__url_time_range' : '', includeVars ? '$__all_variables' : '']
    .map((one) => sceneGraph.interpolate(object, one))
    .filter((one) => one !== '')

/** An address with more parameters. */
export function withKept(address: string, kept: readonly string[]): string {
  if (kept.length === 0) return address
  const [before = '', hash] = address.split(/(?=#)/)
  return `${before}${before.includes('?') ? '&' : '?'}${kept.join('&')}${hash ?? ''}`
}

/** Renders again whenever a variable or the time range of a scene changes. */
export function useSelections(object: SceneObject): void {
  const [, changed] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const { variables } = sceneGraph.getVariables(object).state
    const followed = [...variables, sceneGraph.getTimeRange(object)].map((one) => one.subscribeToState(changed))
    return () => {
      for (const one of followed) one.unsubscribe()
    }
  }, [object])
}
