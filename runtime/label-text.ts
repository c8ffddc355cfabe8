const special = /[\\"\n]/
const every = /[\\"\n]/g

/** A label value, escaped for the exposition formats. */
export const escapeValue = (value: string): string =>
  special.test(value) ? value.replace(every, behindBackslash) : value

/** HELP in the text format, where quotes are not escaped. */
export const escapeHelp = (help: string): string => help.replace(/[\\\n]/g, behindBackslash)

const behindBackslash = (char: string): string => (char === '\n' ? '\\n' : `\\${char}`)

/** `a="x",b="y"`, in the order given. */
export const labelText = (names: readonly string[], values: readonly string[]): string =>
  names.map((name, i) => `${name}="${escapeValue(values[i] as string)}"`).join(',')

/** A line break, then the start of a sample line up to its value. */
export const sampleText = (name: string, labels: string): string => `\n${name}${labels === '' ? '' : `{${labels}}`} `
