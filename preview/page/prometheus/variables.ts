import { rangeUtil, type TimeRange } from '@grafana/data'
import type { DashboardJson, VariableJson } from '../dashboard.ts'
import type { Selection } from '../logs/fill-line-query.ts'
import { allOption, type Choices, chosenText, fillQuery, labelQuery, textValue } from './fill.ts'
import { fetchLabelValues } from './query-api.ts'

/** The saved selection of a variable, empty if there is none. */
export function savedIn({ current, multi }: VariableJson): string | readonly string[] {
  const value = current?.value ?? ''
  if (multi === true) return typeof value === 'string' ? (value === '' ? [] : [value]) : value
  return typeof value === 'string' ? value : (value[0] ?? '')
}

/** The text of a variable's query. */
export const queryIn = ({ query }: VariableJson): string => (typeof query === 'string' ? query : (query?.query ?? ''))

/** The value of a variable that is text: what is saved, or what it begins with. */
export function savedText(variable: VariableJson): string {
  const saved = savedIn(variable)
  const text = typeof saved === 'string' ? saved : (saved[0] ?? '')
  return variable.type === 'constant' ? queryIn(variable) || text : text || queryIn(variable)
}

/** The intervals to choose from. */
export const intervalsIn = (variable: VariableJson): readonly string[] =>
  queryIn(variable)
    .split(',')
    .map((one) => one.trim().replace(/^"|"$/g, ''))
    .filter((one) => one !== '' && one !== 'auto')

/** Why a variable has no value, for the panels that use it. */
export const noValue = (name: string, why: string | null): string =>
  why === null
    ? `No value of ${name} is selected.`
    : why.startsWith('No value of ')
      ? why
      : `No value of ${name}: ${why}`

/** Why a variable has nothing to choose from. */
export const noOptions = (type: string, query: string): string =>
  type === 'query' ? `Prometheus has no series for ${query}.` : `it has no values to choose from.`

/** What is selected when a dashboard is opened: what is saved if it can be selected, else the first value. */
export async function firstChoices(dashboard: DashboardJson, range: TimeRange): Promise<Choices> {
  const values = new Map<string, string>()
  const selected = new Map<string, Selection>()
  const missing = new Map<string, string>()
  for (const variable of dashboard.templating?.list ?? []) {
    const { name, type } = variable
    const text = (value: string) => {
      values.set(name, textValue(value))
      selected.set(name, selectionOf({}, value, []))
    }
    if (type === 'constant' || type === 'textbox') text(savedText(variable))
    if (type === 'interval') text(intervalOf(variable, range))
    if (type !== 'custom' && (type !== 'query' || labelQuery(variable) === null)) continue
    try {
      const options =
        type === 'custom' ? customOptions(variable) : await labelOptions(variable, { values, selected, missing })
      const chosen = openingValue(variable, options)
      if (chosen === allOption ? variable.allValue || options.length > 0 : chosen.length > 0) {
        values.set(name, chosenText(variable, chosen, options))
        selected.set(name, selectionOf(variable, chosen, options))
      } else missing.set(name, noValue(name, options.length > 0 ? null : noOptions(type, queryIn(variable))))
    } catch (error) {
      missing.set(name, noValue(name, (error as Error).message))
    }
  }
  return { values, selected, missing }
}

/** A selection for a query of log lines. */
export function selectionOf(
  { allValue }: Pick<VariableJson, 'allValue'>,
  chosen: string | readonly string[],
  options: readonly string[],
): Selection {
  const values = typeof chosen === 'string' ? [chosen] : chosen
  const isAll = values.includes(allOption)
  return { values: isAll ? options : values, isAll, allValue }
}

/** As the scenes library decides when it has read the options. */
function openingValue(variable: VariableJson, options: readonly string[]): string | readonly string[] {
  const saved = savedIn(variable)
  const wanted = typeof saved === 'string' ? [saved] : saved
  const isAll = wanted[0] === allOption || (wanted[0] === 'All' && !options.includes('All'))
  if (variable.includeAll && (isAll || options.length === 0)) return allOption
  const valid = wanted.filter((value) => options.includes(value))
  const [first] = options
  return valid.length > 0 ? (variable.multi ? valid : (valid[0] ?? '')) : (first ?? '')
}

const intervalOf = (variable: VariableJson, range: TimeRange): string => {
  const saved = savedText({ ...variable, query: '' })
  const { auto, auto_count, auto_min } = variable
  return auto && saved.startsWith('$__auto')
    ? rangeUtil.calculateInterval(range, auto_count ?? 30, auto_min ?? '10s').interval
    : saved || (intervalsIn(variable)[0] ?? '')
}

function customOptions(variable: VariableJson): readonly string[] {
  const query = queryIn(variable)
  if (variable.valuesFormat === 'json')
    return (JSON.parse(query || '[]') as readonly { readonly value: unknown }[]).map(({ value }) =>
      String(value).trim(),
    )
  return (query.match(/(?:\\,|[^,])+/g) ?? []).map((text) => {
    const plain = text.replaceAll('\\,', ',')
    return (/^\s*.+\s:\s(.+)$/.exec(plain)?.[1] ?? plain).trim()
  })
}

async function labelOptions(variable: VariableJson, choices: Choices): Promise<readonly string[]> {
  const { match = '', label = '' } = labelQuery(variable) ?? {}
  const found = await fetchLabelValues(label, fillQuery(match, choices))
  return sorted(found.flatMap(partOf(variable.regex ?? '')), variable.sort ?? 0)
}

/** The part of a value that a variable's regular expression takes; none if it does not match. */
function partOf(regex: string): (value: string) => readonly string[] {
  if (regex === '') return (value) => [value]
  const [, pattern = regex, flags = ''] = /^\/(.*)\/(\w*)$/s.exec(regex) ?? []
  const matcher = new RegExp(regex.startsWith('/') ? pattern : `^${pattern}$`, flags.replace('g', ''))
  return (value) => {
    const found = matcher.exec(value)
    return found === null ? [] : [found.groups?.['value'] ?? found.groups?.['text'] ?? found[1] ?? found[0]]
  }
}

/** Grafana numbers the orders: even ones are descending, 3 and 4 are by number. */
function sorted(values: readonly string[], order: number): readonly string[] {
  const unique = [...new Set(values)]
  if (order === 0) return unique
  const number = (value: string) => Number(/\d+/.exec(value)?.[0] ?? -1)
  const ascending = unique.sort((a, b) =>
    order === 3 || order === 4 ? number(a) - number(b) : a.localeCompare(b, 'en', { numeric: order > 6 }),
  )
  return order % 2 === 0 ? ascending.reverse() : ascending
}
