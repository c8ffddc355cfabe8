const reference = /\bin\(\s*(?:\$(\w+)|\$\{(\w+)(?::\w+)?\}|\[\[(\w+)(?::\w+)?\]\])\s*\)/g

/** A query of log lines with every variable in `in(…)` replaced by the list of its values, as Grafana's plugin does it. */
export const fillLists = (text: string, lists: ReadonlyMap<string, string>): string =>
  text.replace(reference, (whole, a, b, c) => {
    const list = lists.get(a ?? b ?? c)
    return list === undefined ? whole : `in(${list})`
  })

/** A query of log lines without the variables that are filled as lists. */
export const withoutLists = (text: string): string => text.replace(reference, 'in()')

/** Selected values as a list of LogsQL. */
export const inList = (values: readonly string[]): string => values.map((value) => JSON.stringify(value)).join(',')

/** All values as a list of LogsQL: the value that stands for all, if there is one, of which a pattern that matches everything is `*`. */
export const inListOfAll = (allValue: string | undefined, options: readonly string[]): string =>
  allValue === '.*' ? '*' : allValue || inList(options)
