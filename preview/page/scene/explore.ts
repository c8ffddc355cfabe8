import { dateMath } from '@grafana/data'

/** The parts of an address of Grafana's Explore that matter here. */
interface Pane {
  readonly datasource?: string
  readonly queries?: readonly ExploreQuery[]
  readonly range?: TimeTexts
}

interface ExploreQuery {
  readonly expr?: string
  readonly datasource?: { readonly type?: string }
  readonly instant?: boolean
  readonly range?: boolean
}

/** Times as an address gives them: `now-1h` or Unix milliseconds. */
interface TimeTexts {
  readonly from?: string | number
  readonly to?: string | number
}

/** An address of Grafana's Explore as one of the Prometheus web UI, with the same queries and time range; null if it asks Prometheus nothing. */
export function inPrometheus({ searchParams }: URL, prometheus: string): string | null {
  const graphs = panesOf(searchParams).flatMap(({ datasource, queries = [], range }) =>
    queries
      .filter((query) => (query.expr ?? '') !== '' && isPrometheus(query.datasource?.type ?? datasource))
      .map((query) => graphOf(query, range)),
  )
  if (prometheus === '' || graphs.length === 0) return null
  const parameters = graphs.flatMap((graph, i) => graph.map(([name, value]) => [`g${i}.${name}`, value]))
  return `${prometheus}/graph?${new URLSearchParams(parameters)}`
}

type Parameter = readonly [name: string, value: string]

function graphOf({ expr = '', instant, range }: ExploreQuery, times: TimeTexts | undefined): readonly Parameter[] {
  const isTable = instant === true && range !== true
  return [['expr', expr], ['tab', isTable ? '1' : '0'], ...timeParameters(times)]
}

/** Written as the web UI writes them; without an end it shows now. */
function timeParameters({ from, to }: TimeTexts = {}): readonly Parameter[] {
  const start = timeOf(from)
  const end = timeOf(to)
  if (start === null || end === null || end <= start) return []
  const range: Parameter = ['range_input', durationText(Math.round((end - start) / 1000))]
  if (to === 'now') return [range]
  return [range, ['end_input', new Date(end).toISOString().slice(0, 19).replace('T', ' ')]]
}

/** In Unix milliseconds; null for what is not a time. */
function timeOf(text: string | number | undefined): number | null {
  const given = `${text ?? ''}`
  if (/^\d+$/.test(given)) return Number(given)
  const time = given === '' ? undefined : dateMath.parse(given)
  return time?.isValid() === true ? time.valueOf() : null
}

function durationText(seconds: number): string {
  const [unit, size] = units.find(([, size]) => seconds % size === 0) ?? ['s', 1]
  return `${seconds / size}${unit}`
}
const units: readonly (readonly [name: string, seconds: number])[] = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
]

/** The panes of an address; before Grafana 10.1 there was only one, in `left`. */
function panesOf(parameters: URLSearchParams): readonly Pane[] {
  try {
    const left = parameters.get('left')
    if (left !== null) return [JSON.parse(left) as Pane]
    return Object.values(JSON.parse(parameters.get('panes') ?? '{}') as Readonly<Record<string, Pane>>)
  } catch {
    return []
  }
}

const isPrometheus = (name = 'prometheus') => name.toLowerCase() === 'prometheus'
