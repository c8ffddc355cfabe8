import { createContext } from 'react'
import type { AnnotationJson, DashboardJson } from '../dashboard.ts'
import { type Choices, fillQuery } from '../prometheus/fill.ts'
import { fetchSeries, type TimeSeries } from '../prometheus/query-api.ts'
import { stepOf } from '../prometheus/step.ts'

/** A period in which an alert fired; Unix milliseconds. */
export interface Firing {
  readonly from: number
  readonly to: number
  readonly title: string
  readonly text: string
  readonly colour: string
}

/** When alerts fired between two times; identical concurrent requests are sent only once. */
type AskFirings = (from: number, to: number) => Promise<readonly Firing[]>

export const FiringsContext = createContext<AskFirings>(async () => [])

/**
 * Queries the annotations of a dashboard; `choices` returns what is currently selected at its top, `report` gets the reason why
 * a query failed, or null when one succeeds.
 */
export function firingsOf(
  dashboard: DashboardJson,
  choices: () => Choices,
  shortest: string,
  report: (wrong: string | null) => void,
): AskFirings {
  const annotations = (dashboard.annotations?.list ?? []).filter((one) => one.enable !== false && exprOf(one) !== '')
  let last: { readonly key: string; readonly found: Promise<readonly Firing[]> } | null = null
  return (from, to) => {
    const chosen = choices()
    const key = JSON.stringify([from, to, ...chosen.values, ...chosen.missing])
    if (last?.key !== key) {
      const found = Promise.all(annotations.map((one) => fired(one, chosen, from, to, shortest))).then((all) =>
        all.flat(),
      )
      last = { key, found }
      found.then(
        () => report(null),
        (error: Error) => {
          if (last?.found === found) last = null
          report(error.message)
        },
      )
    }
    return last.found
  }
}

const exprOf = ({ expr, target }: AnnotationJson) => target?.expr ?? expr ?? ''

async function fired(
  annotation: AnnotationJson,
  chosen: Choices,
  from: number,
  to: number,
  shortest: string,
): Promise<readonly Firing[]> {
  const step = stepOf({ from, to, points: 600, shortest })
  const aligned = (at: number) => (Math.floor(at / step) * step) / 1000
  const { series } = await fetchSeries(fillQuery(exprOf(annotation), chosen), {
    from: aligned(from),
    to: aligned(to),
    step: step / 1000,
  })
  return series.flatMap((one) =>
    stretches(one, step).map(([start, end]) => ({ from: start, to: end, ...toldBy(annotation, one) })),
  )
}

/** Consecutive points as one period. */
function stretches({ values }: TimeSeries, step: number): readonly (readonly [number, number])[] {
  const made: [number, number][] = []
  for (const [seconds, value] of values) {
    if (value === '0') continue
    const at = seconds * 1000
    const last = made.at(-1)
    if (last !== undefined && at - last[1] <= step) last[1] = at
    else made.push([at, at])
  }
  return made
}

function toldBy({ titleFormat, textFormat, tagKeys, iconColor, name }: AnnotationJson, { metric }: TimeSeries) {
  const filled = (format: string) => format.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label: string) => metric[label] ?? '')
  const tags = (tagKeys ?? '').split(',').flatMap((key) => (metric[key] ? [metric[key]] : []))
  return {
    title: filled(titleFormat ?? name),
    text: [filled(textFormat ?? ''), ...tags].filter((text) => text !== '').join(' · '),
    colour: iconColor ?? 'red',
  }
}
