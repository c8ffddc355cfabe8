import { parseArgs } from 'node:util'
import { nearestWord } from '../text/nearest.ts'
import { optionName, type Parameter, type ParameterSet, type ParameterValues, type WrongWord } from './parameter.ts'

/** What a command line requests: the command's help, or a run with these values; or the first problem in it. */
type ParsedArguments<P extends ParameterSet> =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly problem: string }
  | { readonly kind: 'run'; readonly given: ParameterValues<P> }

/** Reads what follows a command's name. */
export function parseArguments<P extends ParameterSet>(parameters: P, args: readonly string[]): ParsedArguments<P> {
  const sorted = sort(parameters, args)
  if (sorted === 'help') return { kind: 'help' }
  if (typeof sorted === 'string') return { kind: 'wrong', problem: sorted }
  const given: Record<string, unknown> = {}
  for (const [name, parameter] of Object.entries(parameters)) {
    const words = sorted.get(name) ?? []
    const { missing, needs } = parameter
    if (words.length === 0 && missing !== null) return { kind: 'wrong', problem: missing }
    if (words.length > 0 && needs !== null && !sorted.has(needs))
      return { kind: 'wrong', problem: `${optionName(name)} needs ${optionName(needs)}` }
    const read = parameter.read(words)
    if (!('value' in read)) return { kind: 'wrong', problem: invalid(name, parameter, read) }
    given[name] = read.value
  }
  return { kind: 'run', given: given as ParameterValues<P> }
}

type Named = readonly [name: string, parameter: Parameter<unknown>]

/** The words that belong to each parameter; 'help', or what is wrong with the first word that belongs to none. */
function sort(parameters: ParameterSet, args: readonly string[]): ReadonlyMap<string, readonly string[]> | string {
  const all = Object.entries(parameters)
  const options = new Map<string, Named>(all.filter(isOption).map((one) => [optionName(one[0]), one]))
  const rest = all.find((one) => !isOption(one))
  const { tokens } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h' },
      ...Object.fromEntries([...options].map(([shown, [, { role }]]) => [shown.slice(2), typeOf(role)])),
    },
    // The messages of parseArgs are for programmers.
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  if (tokens.some((token) => token.kind === 'option' && token.name === 'help')) return 'help'

  const words = new Map<string, string[]>()
  const add = (name: string, word: string) => {
    const own = words.get(name)
    if (own === undefined) words.set(name, [word])
    else own.push(word)
  }
  const isProgram = rest?.[1].role === 'program'
  let isAfterDashes = false
  for (const token of tokens) {
    if (token.kind === 'option-terminator') isAfterDashes = true
    else if (token.kind === 'option') {
      const known = options.get(`--${token.name}`)
      const problem =
        known === undefined ? unknownWord(token.rawName, [...options.keys(), '--help']) : wrongUse(known, token)
      if (problem !== null) return problem
      if (known !== undefined) add(known[0], token.value ?? '')
    } else if (rest === undefined) return `unexpected argument ${quoted(token.value)}`
    else if (isProgram && !isAfterDashes) return `unexpected argument ${quoted(token.value)}: the command goes after --`
    else if (!rest[1].isRepeatable && words.has(rest[0])) return `unexpected argument ${quoted(token.value)}`
    else add(rest[0], token.value)
  }
  return words
}

const isOption = ([, { role }]: Named) => role === 'flag' || role === 'option'
const typeOf = (role: string) => ({ type: role === 'flag' ? ('boolean' as const) : ('string' as const) })

/** The message about an option or a command that does not exist. */
export function unknownWord(given: string, known: Iterable<string>, what = 'option'): string {
  const plain = new Map([...known].map((word) => [word.replace(/^--/, ''), word]))
  const near = plain.get(nearestWord(given.replace(/^-+/, ''), plain.keys()))
  return `unknown ${what} ${quoted(given)}${near === undefined ? '' : `; did you mean ${near}?`}`
}

const oneLine = (word: string) => word.replace(/\s/g, ' ')
/** A word in a message, in quotes if it is not plain. */
const quoted = (word: string) => (/^[\w./:=@%+-]+$/.test(word) ? word : `'${oneLine(word)}'`)

interface OptionToken {
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

function wrongUse([name, { role, placeholder }]: Named, { value, inlineValue }: OptionToken): string | null {
  const shown = optionName(name)
  if (role === 'flag') return value === undefined ? null : `${shown} takes no value, but was given '${oneLine(value)}'`
  if (value === undefined) return `${shown} needs a value: ${shown} ${placeholder}`
  // The value was forgotten, and this is the next option.
  return value.length > 1 && value.startsWith('-') && inlineValue !== true
    ? `${shown} needs a value, but ${value} follows; if that is the value, write ${shown}=${value}`
    : null
}

function invalid(name: string, parameter: Parameter<unknown>, { word, expected }: WrongWord): string {
  const of = parameter.role === 'option' ? optionName(name) : parameter.placeholder
  const near = nearestWord(word, parameter.choices)
  return `invalid value '${oneLine(word)}' for ${of}${near === '' ? `: expected ${expected}` : `; did you mean ${near}?`}`
}
