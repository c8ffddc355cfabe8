/** What is selected of a variable, as Grafana hands it to the plugin of a data source. */
export interface Selection {
  /** The selected values; all that there are to choose from if all are. */
  readonly values: readonly string[]
  readonly isAll: boolean
  /** The dashboard's own value for all, which Grafana fills in without asking the plugin. */
  readonly allValue?: string | undefined
}

const reference = /\$(\w+)|\$\{(\w+)(?::\w+)?\}|\[\[(\w+)(?::\w+)?\]\]/g

/** A query of log lines with its variables filled as Grafana's plugin for VictoriaLogs 0.30.1 fills them, also where that makes a query that finds nothing. */
export function fillLineQuery(query: string, selected: ReadonlyMap<string, Selection>): string {
  const prepared = [...selected].reduce(
    (text, [name, one]) => quotedPattern(meansAll(one) ? asLists(text, name) : text, name),
    query,
  )
  const filled = prepared.replace(reference, (whole, ...found: readonly (string | number | undefined)[]) => {
    const [a, b, c, at] = found
    const one = selected.get(String(a ?? b ?? c))
    return one === undefined ? whole : textIn(one, prepared.slice(0, Number(at)))
  })
  return allOfThem(filled)
}

/** The plugin takes `*` for all, too. */
const meansAll = ({ isAll, values }: Selection) => isAll || (values.length === 1 && values[0] === '*')

/** The values in the place that they are filled into. */
function textIn({ values, isAll, allValue }: Selection, before: string): string {
  if (isAll && allValue) return allValue
  if (values.every((value) => value === '')) return ''
  if (isInPattern(before)) return `(${values.join('|')})`
  return before.replace(/\s+/g, '').endsWith('in(')
    ? values.map((value) => JSON.stringify(value)).join(',')
    : values.join(' OR ')
}

/** Whether a text ends inside the quotes of a regular expression. What looks like another filter inside them ends it, as the plugin has it. */
function isInPattern(before: string): boolean {
  const [, pattern] = /[:=] *~( *"(?:\\"|[^"])*)$/.exec(before) ?? []
  return pattern !== undefined && !/ .*[:=]/.test(pattern)
}

/** `symbol:~$symbol` is a regular expression without its quotes. */
const quotedPattern = (text: string, name: string) =>
  text.replace(new RegExp(`:~\\s*\\$${name}\\b`, 'g'), `:~"$$${name}"`)

/** While all values are selected, a comparison with a variable is one with a list. */
function asLists(text: string, name: string): string {
  const variable = ` *\\$${name}(?=[ |},\\r\\n\\t]|$)`
  return text
    .replace(new RegExp(`(?<!~)"\\$${name}"`, 'g'), `$$${name}`)
    .replace(new RegExp(`([^ |]*) *(:!=?|(?<!:)!=)${variable}`, 'g'), (_, field: string, operator: string) =>
      operator === '!=' ? `${field} not_in($${name})` : `!${field}:in($${name})`,
    )
    .replace(new RegExp(`\\s*(:=?|(?<![:!])=)${variable}`, 'g'), (_, operator: string) =>
      operator === '=' ? ` in($${name})` : `:in($${name})`,
    )
}

/** Patterns and lists that match everything are what LogsQL has for it. */
const allOfThem = (text: string): string =>
  text
    .replace(/:\s*(!?)\s*~\s*"\*"/g, ':$1~".*"')
    .replace(/:\s*in\(\s*"?\.?\*"?\s*\)/g, ':in(*)')
    .replace(/("(?:\\.|[^"\\])*"|[^\s:]+)\s+in\(\s*"?\.?\*"?\s*\)/g, '$1 in(*)')
