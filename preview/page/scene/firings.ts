import { createContext } from 'react'
import type { AnnotationJson, DashboardJson } from '../dashboard.ts'
import { type Choices, fillQuery } from '../prometheus/fill.ts'
import { fetchSeries, type TimeSeries, warningsIn } from '../prometheus/query-api.ts'
import { stepOf, throwReversed } from '../prometheus/step.ts'

/** A period in which an alert fired; Unix milliseconds. */
export interface Firing {
  readonly from: number
  readonly to: number
  readonly title: string
  readonly text: string
  readonly colour: string
}

/** When alerts fired, and the warnings of Prometheus, after which some may be missing. */
interface Firings {
  readonly fired: readonly Firing[]
  readonly warnings: readonly string[]
}

/** When alerts fired between two times; identical concurrent requests are sent only once. */
type AskFirings = (from: number, to: number) => Promise<Firings>

export const FiringsContext = createContext<AskFirings>(async () => ({ fired: [], warnings: [] }))

/** How many ranges are remembered: those of panels with a time of their own, too. */
const remembered = 8

/** Queries the annotations of a dashboard; `choices` returns what is currently selected at its top. */
export function firingsOf(dashboard: DashboardJson, choices: () => Choices, shortest: string): AskFirings {
  const annotations = (dashboard.annotations?.list ?? []).filter((one) => one.enable !== false && exprOf(one) !== '')
  const known = new Map<string, Promise<Firings>>()
  return (from, to) => {
    const chosen = choices()
    const key = JSON.stringify([from, to, ...chosen.values, ...chosen.missing])
    const asked = known.get(key)
    if (asked !== undefined) return asked
    const found = Promise.all(annotations.map((one) => firingsFor(one, chosen, from, to, shortest))).then((all) => ({
      fired: all.flatMap(({ fired }) => fired),
      warnings: [...new Set(all.flatMap(({ warnings }) => warnings))],
    }))
    known.set(key, found)
    for (const old of [...known.keys()].slice(0, -remembered)) known.delete(old)
    found.catch(() => known.delete(key))
    return found
  }
}

const exprOf = ({ expr, target }: AnnotationJson) => target?.expr ?? expr ?? ''

async function firingsFor(
  annotation: AnnotationJson,
  chosen: Choices,
  from: number,
  to: number,
  shortest: string,
): Promise<Firings> {
  throwReversed({ from, to })
  const step = stepOf({ from, to, points: 600, shortest })
  const aligned = (at: number) => (Math.floor(at / step) * step) / 1000
  const { series, remarks } = await fetchSeries(fillQuery(exprOf(annotation), chosen), {
    from: aligned(from),
    to: aligned(to),
    step: step / 1000,
  })
  const fired = series.flatMap((one) =>
    stretches(one, step).map(([start, end]) => ({ from: start, to: end, ...toldBy(annotation, one) })),
  )
  return { fired, warnings: warningsIn(remarks) }
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
