import { milliseconds } from '../../definitions/language/duration.ts'
import { listText } from '../text/list-text.ts'
import type { ValueKind } from './parameter.ts'

/** A text with a certain form, kept as it was written. */
export const checkedText = (
  placeholder: string,
  expected: string,
  isRight: (word: string) => boolean,
): ValueKind<string> => ({
  placeholder,
  choices: [],
  read: (word) => (isRight(word) ? { value: word } : { expected }),
})

const some = (word: string) => word !== ''

export const file = checkedText('FILE', 'the path of a file', some)
export const folder = checkedText('DIR', 'the path of a folder', some)
export const pattern = checkedText('PATTERN', 'a pattern', some)
export const name = checkedText('NAME', 'a name', some)
/** An address to read from, or a file; whoever reads it decides which. */
export const urlOrFile = checkedText('URL|FILE', 'a URL or the path of a file', some)

/** The form of a bot's name, which is also its folder, its job and the prefix of its metrics. */
export const botNameForm = /^[a-z][a-z0-9_]*$/
export const botName = checkedText('NAME', "a bot's name: lower-case letters, digits and _", (word) =>
  botNameForm.test(word),
)

/** An HTTP URL; the example is part of the message about a wrong one. */
export const httpUrl = (example: string): ValueKind<string> =>
  checkedText('URL', `a URL such as ${example}`, (word) => /^https?:\/\//i.test(word) && URL.canParse(word))

/** One of a few words. */
export const choice = <const C extends string>(placeholder: string, ...choices: readonly C[]): ValueKind<C> => ({
  placeholder,
  choices,
  read: (word) => {
    const value = choices.find((one) => one === word)
    return value === undefined ? { expected: listText(choices, 'or') } : { value }
  },
})

/** The milliseconds of a duration; the examples are part of the message about a wrong one. */
export const duration = (examples: string, least = 1, most = Number.POSITIVE_INFINITY): ValueKind<number> => ({
  placeholder: 'DURATION',
  choices: [],
  read: (word) => {
    const value = milliseconds(word)
    return value === null || value < least || value > most ? { expected: `a duration such as ${examples}` } : { value }
  },
})

/** The same kind, but the value is kept as it was written. */
export const asWritten = (kind: ValueKind<unknown>): ValueKind<string> => ({
  ...kind,
  read: (word) => {
    const read = kind.read(word)
    return 'value' in read ? { value: word } : read
  },
})

/** A whole number within these limits. */
export const wholeNumber = (placeholder: string, from: number, to: number): ValueKind<number> => ({
  placeholder,
  choices: [],
  read: (word) =>
    /^\d+$/.test(word) && Number(word) >= from && Number(word) <= to
      ? { value: Number(word) }
      : { expected: `a whole number from ${from} to ${to}` },
})
