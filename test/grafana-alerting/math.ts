import { pairsOf } from './union.ts'
import { each, noDataValue, numberValue, type StepValue, scalarValue, seriesValue } from './value.ts'

/** The results of a rule's steps so far, by refId. */
export type Vars = Readonly<Record<string, readonly StepValue[]>>
type Sample = number | null

/** Functions of one sample (pkg/expr/mathexp/funcs.go); those that ask what it is also answer for null. */
const functions: Readonly<Record<string, (of: Sample) => Sample>> = {
  abs: known(Math.abs),
  log: known(Math.log),
  round: known(Math.round),
  ceil: known(Math.ceil),
  floor: known(Math.floor),
  is_nan: (of) => bit(of !== null && Number.isNaN(of)),
  is_inf: (of) => bit(of === Number.POSITIVE_INFINITY || of === Number.NEGATIVE_INFINITY),
  is_null: (of) => bit(of === null),
  is_number: (of) => bit(of !== null && Number.isFinite(of)),
}
const constants: Readonly<Record<string, Sample>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  infn: Number.NEGATIVE_INFINITY,
  null: null,
}

function known(of: (sample: number) => number): (sample: Sample) => Sample {
  return (sample) => (sample === null ? null : of(sample))
}
const bit = (of: boolean): number => (of ? 1 : 0)

/** Binary operators by precedence, the weakest first; `&&` and `||` also decide for NaN, all others yield NaN for it. */
const levels: readonly Readonly<Record<string, (a: number, b: number) => number>>[] = [
  { '||': (a, b) => bit(a !== 0 || b !== 0) },
  { '&&': (a, b) => bit(a !== 0 && b !== 0) },
  {
    '==': (a, b) => bit(a === b),
    '!=': (a, b) => bit(a !== b),
    '>=': (a, b) => bit(a >= b),
    '<=': (a, b) => bit(a <= b),
    '>': (a, b) => bit(a > b),
    '<': (a, b) => bit(a < b),
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  { '*': (a, b) => a * b, '/': (a, b) => a / b, '%': (a, b) => a % b },
  { '**': (a, b) => a ** b },
]

function operate(op: string, of: (a: number, b: number) => number, a: Sample, b: Sample): Sample {
  if (a === null || b === null) return null
  if (op !== '||' && op !== '&&' && (Number.isNaN(a) || Number.isNaN(b))) return Number.NaN
  return of(a, b)
}

function pairwise(
  op: string,
  of: (a: number, b: number) => number,
  as: readonly StepValue[],
  bs: readonly StepValue[],
) {
  if ([...as, ...bs].some(({ kind }) => kind === 'noData')) return [noDataValue]
  return pairsOf(as, bs).map(({ labels, a, b }): StepValue => {
    const isPlain = (one: StepValue) => one.kind === 'number' || one.kind === 'scalar'
    const sample = (one: StepValue, time: number): Sample | undefined =>
      one.kind === 'series' ? one.points.find(([at]) => at === time)?.[1] : one.kind === 'noData' ? null : one.value
    if (a.kind === 'scalar' && b.kind === 'scalar') return scalarValue(operate(op, of, a.value, b.value))
    if (isPlain(a) && isPlain(b))
      return numberValue(operate(op, of, sample(a, 0) ?? null, sample(b, 0) ?? null), labels)
    const over = a.kind === 'series' ? a : b
    const points = over.kind === 'series' ? over.points : []
    // a time that only one of two series has is left out
    return seriesValue(
      points.flatMap(([time]) => {
        const [one, other] = [sample(a, time), sample(b, time)]
        return one === undefined || other === undefined ? [] : [[time, operate(op, of, one, other)] as const]
      }),
      labels,
    )
  })
}

/** The result of a math expression; throws if it is not one. */
export function math(expression: string, vars: Vars): readonly StepValue[] {
  const tokens = [
    ...expression.matchAll(/\s*(\$\w+|\$\{[^}]+\}|[\d.]+|\w+|\*\*|\|\||&&|[!=<>]=|[-+*/%!<>()]|\S)/g),
  ].map(([, token = '']) => token)
  let at = 0
  const take = (expected: string) => {
    if (tokens[at] !== expected)
      throw new Error(`expected ${expected} in '${expression}', got ${tokens[at] ?? 'its end'}`)
    at += 1
  }
  const binary = (level: number): readonly StepValue[] => {
    const ops = levels[level]
    if (ops === undefined) return unary()
    let left = binary(level + 1)
    for (let op = tokens[at] ?? ''; ops[op] !== undefined; op = tokens[at] ?? '') {
      at += 1
      left = pairwise(op, ops[op] as (a: number, b: number) => number, left, binary(level + 1))
    }
    return left
  }
  const unary = (): readonly StepValue[] => {
    const op = tokens[at]
    if (op !== '!' && op !== '-') return primary()
    at += 1
    const change = op === '-' ? (x: number) => -x : (x: number) => (Number.isNaN(x) ? x : bit(x === 0))
    return unary().map((one) => each(one, known(change)))
  }
  const primary = (): readonly StepValue[] => {
    const token = tokens[at] ?? ''
    at += 1
    const [, name] = /^\$\{?([^}]+)\}?$/.exec(token) ?? []
    if (name !== undefined) {
      const values = vars[name]
      if (values === undefined) throw new Error(`'${expression}' reads ${name}, but no step has this refId`)
      return values
    }
    if (/^\d/.test(token)) return [scalarValue(Number(token))]
    if (token !== '(') take('(')
    if (token in constants) {
      take(')')
      return [scalarValue(constants[token] ?? null)]
    }
    const of = token === '(' ? (sample: Sample) => sample : functions[token]
    if (of === undefined) throw new Error(`'${token}' is no function of Grafana's math`)
    const inside = binary(0)
    take(')')
    return inside.map((one) => each(one, of))
  }
  const result = binary(0)
  if (at < tokens.length) throw new Error(`'${expression}' goes on with ${tokens[at]}`)
  return result
}
