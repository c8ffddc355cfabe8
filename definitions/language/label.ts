import type { Mistake } from './mistake.ts'

/** A closed label, whose values are all known: its counters start at zero. */
export interface OneOf<out V extends string> {
  readonly values: readonly V[]
}

/** An open label, whose values appear at run time, such as a symbol; values beyond `max` share one series. */
export interface Open {
  readonly max: number
}

export type Label = OneOf<string> | Open

/** The labels that the scrape adds to every series; a metric must not declare them. */
export type TargetLabel = 'job' | 'instance' | 'bot' | 'env'
export const targetLabels = Object.freeze(['bot', 'env', 'instance', 'job'] as const)

type Reserved = TargetLabel | 'le' | 'quantile' | '__name__'
type Refused = Mistake<'Prometheus sets this label itself: choose another name'>

export type Labels = { readonly [name: string]: Label | string } & { readonly [K in Reserved]?: Refused }

/** The type of a label's values: its known values, or any string. */
export type Value<S> = S extends OneOf<infer V> ? V : string

export const oneOf = <const V extends string>(...values: readonly V[]): OneOf<V> => Object.freeze({ values })
export const open = (budget: { readonly max: number }): Open => Object.freeze(budget)

export const isOpen = (label: Label): label is Open => isObject(label) && 'max' in label
/** Whether the value is a label at all: a caller without types can pass anything. */
export const isLabel = (given: unknown): given is Label =>
  isObject(given) &&
  ('max' in given ||
    ('values' in given && Array.isArray(given.values) && given.values.every((value) => typeof value === 'string')))

const isObject = (given: unknown): given is object => typeof given === 'object' && given !== null
