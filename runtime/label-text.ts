const special = /[\\"\n]/
const every = /[\\"\n]/g

/** A label's value as it stands between the quotes of an exposition. */
export const escapedValue = (value: string): string =>
  special.test(value) ? value.replace(every, behindBackslash) : value

/** HELP of the text format: quotes stand as they are. */
export const escapedHelp = (help: string): string => help.replace(/[\\\n]/g, behindBackslash)

const behindBackslash = (char: string): string => (char === '\n' ? '\\n' : `\\${char}`)

/** `a="x",b="y"`, in the order given. */
export const labelText = (names: readonly string[], values: readonly string[]): string =>
  names.map((name, i) => `${name}="${escapedValue(values[i] as string)}"`).join(',')

/** Ends the line before, then what a sample's line begins with, up to its value. */
export const sampleText = (name: string, labels: string): string => `\n${name}${labels === '' ? '' : `{${labels}}`} `
