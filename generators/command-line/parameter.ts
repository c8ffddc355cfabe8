/** What a word of the command line was read as, or what was expected in its place. */
type Reading<T> = { readonly value: T } | { readonly expected: string }

/** A kind of value, such as a duration. */
export interface ValueKind<T> {
  /** The placeholder of a value in help, such as DURATION. */
  readonly placeholder: string
  /** All values, if they can be listed. */
  readonly choices: readonly string[]
  readonly read: (word: string) => Reading<T>
}

/** One option or argument of a command: everything that parsing, help and the type of its value need. */
export interface Parameter<T> {
  /** A program is what follows `--`: another command line, passed on as it is. */
  readonly role: 'flag' | 'option' | 'argument' | 'program'
  readonly about: string
  /** Empty for a flag. */
  readonly placeholder: string
  readonly choices: readonly string[]
  /** The default as a person would write it; null if there is none. */
  readonly otherwise: string | null
  readonly isRepeatable: boolean
  /** The message if it is missing; null if it is optional. */
  readonly missing: string | null
  /** Another parameter that it requires. */
  readonly needs: string | null
  /** Reads every word that was given for it. */
  readonly read: (words: readonly string[]) => { readonly value: T } | WrongWord
}

/** A word that is not of the expected kind. */
export interface WrongWord {
  readonly word: string
  readonly expected: string
}

/** The options and arguments of a command by their names in code: `tokenFile` is `--token-file`. */
export type ParameterSet = Readonly<Record<string, Parameter<unknown>>>

/** The values of a command's parameters. */
export type ParameterValues<P extends ParameterSet> = {
  readonly [Name in keyof P]: P[Name] extends Parameter<infer T> ? T : never
}

const usual = {
  placeholder: '',
  choices: [],
  otherwise: null,
  isRepeatable: false,
  missing: null,
  needs: null,
} as const

/** An option without a value: true if it was given. */
export const flagOption = (about: string): Parameter<boolean> => ({
  ...usual,
  role: 'flag',
  about,
  read: (words) => ({ value: words.length > 0 }),
})

interface WithDefault {
  readonly otherwise: string
  readonly needs?: string
}

/** An option with one value; if it is given several times, the last counts. */
export function option<T>(kind: ValueKind<T>, about: string, more: WithDefault): Parameter<T>
export function option<T>(kind: ValueKind<T>, about: string): Parameter<T | undefined>
export function option<T>(kind: ValueKind<T>, about: string, more?: WithDefault): Parameter<T | undefined> {
  const { otherwise = null, needs = null } = more ?? {}
  return {
    ...usual,
    ...shownBy(kind),
    role: 'option',
    about,
    otherwise,
    needs,
    read: (words) => {
      const word = words.at(-1) ?? otherwise
      return word === null ? { value: undefined } : readWord(kind, word)
    },
  }
}

/** An option that may be given several times; with `missing` it must be given. */
export const optionList = <T>(
  kind: ValueKind<T>,
  about: string,
  missing: string | null = null,
): Parameter<readonly T[]> => ({
  ...usual,
  ...shownBy(kind),
  role: 'option',
  about,
  isRepeatable: true,
  missing,
  read: (words) => readWords(kind, words),
})

/** The one argument of a command; `missing` is the message if it is not given, and without it the argument is optional. */
export function argument<T>(kind: ValueKind<T>, about: string, missing: string): Parameter<T>
export function argument<T>(kind: ValueKind<T>, about: string): Parameter<T | undefined>
export function argument<T>(kind: ValueKind<T>, about: string, missing?: string): Parameter<T | undefined> {
  return {
    ...usual,
    ...shownBy(kind),
    role: 'argument',
    about,
    missing: missing ?? null,
    read: ([word]) => (word === undefined ? { value: undefined } : readWord(kind, word)),
  }
}

/** Any number of arguments, none included. */
export const argumentList = <T>(kind: ValueKind<T>, about: string): Parameter<readonly T[]> => ({
  ...usual,
  ...shownBy(kind),
  role: 'argument',
  about,
  isRepeatable: true,
  read: (words) => readWords(kind, words),
})

/** The program and its arguments that follow `--`; `missing` is the message if they are not given. */
export const program = (about: string, missing: string): Parameter<readonly [string, ...string[]]> => ({
  ...usual,
  role: 'program',
  about,
  placeholder: 'COMMAND',
  isRepeatable: true,
  missing,
  read: ([first = '', ...rest]) => ({ value: [first, ...rest] }),
})

/** How an option is written: `--token-file` for the parameter `tokenFile`. */
export const optionName = (name: string): string => `--${name.replace(/[A-Z]/g, (big) => `-${big.toLowerCase()}`)}`

const shownBy = ({ placeholder, choices }: ValueKind<unknown>) => ({ placeholder, choices })

function readWord<T>(kind: ValueKind<T>, word: string): { readonly value: T } | WrongWord {
  const read = kind.read(word)
  return 'value' in read ? read : { word, expected: read.expected }
}

function readWords<T>(kind: ValueKind<T>, words: readonly string[]): { readonly value: readonly T[] } | WrongWord {
  const value: T[] = []
  for (const word of words) {
    const read = readWord(kind, word)
    if (!('value' in read)) return read
    value.push(read.value)
  }
  return { value }
}
