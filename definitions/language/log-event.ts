import type { Deviation } from './deviation.ts'
import type { OneOf } from './label.ts'
import { lineWords } from './log-line.ts'
import type { Mistake } from './mistake.ts'
import { stamp } from './stamp.ts'
import type { Unit } from './unit.ts'
import type { Where } from './where.ts'

/** A field of a log line: a string, a number with its unit, a boolean, or one of a few values. */
export type Field =
  | { readonly type: 'string' }
  | { readonly type: 'number'; readonly unit: Unit<string> }
  | { readonly type: 'boolean' }
  | OneOf<string>

export type Fields = { readonly [name: string]: Field }

/** What the store sets in each line, besides the keys of the line itself; `value` is the figure in the result of a query. */
const storeWords = Object.freeze([
  'env',
  'instance',
  'hostname',
  'file',
  'value',
  '_time',
  '_msg',
  '_stream',
  '_stream_id',
] as const)

/** The names that no field may have. */
export const reservedFields = Object.freeze([...lineWords, ...storeWords] as const)

type Refused = Mistake<'each line has this itself, or the store sets it: choose another name'>
type Allowed = { readonly [K in (typeof reservedFields)[number]]?: Refused }

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** From the least severe to the most severe. */
export const logLevels: readonly LogLevel[] = Object.freeze(['debug', 'info', 'warn', 'error'] as const)

/** One kind of line in a bot's structured log. */
export interface LogEvent<F extends Fields> {
  readonly kind: 'logEvent'
  /** The value of the line's `event` field: its property key in `logEvents`. */
  readonly name: string
  readonly key: string
  readonly help: string
  readonly level: LogLevel
  readonly fields: F
  readonly deviates: Deviation | null
  readonly where: Where
}

/** The field values that a bot passes for an event. */
export type FieldValues<F> = { readonly [K in keyof F]: FieldValue<F[K]> }
type FieldValue<T> =
  T extends OneOf<infer V>
    ? V
    : T extends { type: 'number' }
      ? number
      : T extends { type: 'boolean' }
        ? boolean
        : string

export const stringField = Object.freeze({ type: 'string' } as const)
export const booleanField = Object.freeze({ type: 'boolean' } as const)
export const numberField = <D extends string>(unit: Unit<D>) => Object.freeze({ type: 'number', unit } as const)

/** Declares a log event with typed fields. */
export const logEvent = <const F extends Fields>(options: {
  readonly help: string
  readonly level: LogLevel
  readonly fields: F & Allowed
  readonly deviates?: Deviation
}): LogEvent<F> => Object.freeze({ kind: 'logEvent', name: '', key: '', deviates: null, where: {}, ...options })

/** Names each event after its property key. */
export const logEvents = <const E extends Readonly<Record<string, LogEvent<Fields>>>>(
  events: E,
): { readonly [K in keyof E]: E[K] } =>
  stamp<LogEvent<Fields>>(events, logEvents, (key, event) => ({ ...event, name: key })) as never
