import { type Plain, ratio, seconds, type Unit, unit } from '../unit.ts'

// Three rules, no powers: X / X is a ratio, X / plain number is X, X/s / count/s is X; everything else is 'mixed'.

export type Over<A extends string, B extends string> = A extends B
  ? 'ratio'
  : B extends Plain
    ? A
    : A extends `${infer X}/s`
      ? B extends `${infer Y}/s`
        ? Y extends Plain
          ? X
          : 'mixed'
        : 'mixed'
      : 'mixed'

export type Times<A extends string, B extends string> = B extends Plain ? A : A extends Plain ? B : 'mixed'

/** The difference of two timestamps is a time. */
export type Minus<A extends string> = A extends 'timestamp' ? 'time' : A

const plain: ReadonlySet<string> = new Set<Plain>(['count', 'ratio', 'flag', 'score'])
/** Whether a dimension is a plain number, which scales others without changing them. */
export const isPlain = (dim: string): boolean => plain.has(dim)
export const mixed = unit('mixed', '', '')
const perSecondOf = /^(.*)\/s$/

export const perSecondUnit = (of: Unit<string>): Unit<string> =>
  unit(`${of.dim}/s`, '', `${of.symbol}/s`, of.num, of.den)

/** The run-time counterpart of Over; the builder has already brought both sides to one scale. */
export function over(a: Unit<string>, b: Unit<string>): Unit<string> {
  if (a.dim === b.dim) return ratio
  if (plain.has(b.dim)) return a
  const [ofA, ofB] = [perSecondOf.exec(a.dim)?.[1], perSecondOf.exec(b.dim)?.[1]]
  return ofA !== undefined && ofB !== undefined && plain.has(ofB)
    ? unit(ofA, '', a.symbol.replace(/\/s$/, ''), a.num, a.den)
    : mixed
}

/** The run-time counterpart of Times. */
export const times = (a: Unit<string>, b: Unit<string>): Unit<string> =>
  plain.has(b.dim) ? a : plain.has(a.dim) ? b : mixed

/** The run-time counterpart of Minus. */
export const minus = (a: Unit<string>): Unit<string> => (a.dim === 'timestamp' ? seconds : a)
