import { parse } from '../../promql/parse.ts'
import { level, signLevel } from '../../promql/precedence.ts'
import { interpolate } from '../interpolate.ts'
import type { Formula } from './math.ts'
import {
  arithmeticOf,
  atomLevel,
  bothOf,
  callResult,
  comparisonOf,
  eitherOf,
  numberCrosses,
  numberResult,
  presence,
  type Result,
  reductionOf,
  thresholdOf,
} from './promql.ts'
import type { ClassicCondition, RuleStep } from './steps.ts'

/** Why a step has no equivalent in PromQL that this audit knows. */
interface Untranslated {
  readonly step: string
  readonly why: string
}

export type Translation = Result | Untranslated

/** Translates the steps of a rule, which refer to each other without a circle. */
export function translation(steps: ReadonlyMap<string, RuleStep>): (ref: string) => Translation {
  const known = new Map<string, Translation>()
  const result = (ref: string): Translation => {
    const before = known.get(ref)
    if (before !== undefined) return before
    const step = steps.get(ref) as RuleStep
    const made = translated(step, result)
    known.set(ref, made)
    return made
  }
  return result
}

export const isUntranslated = (of: Translation): of is Untranslated => 'why' in of

function translated(step: RuleStep, result: (ref: string) => Translation): Translation {
  const no = (why: string): Untranslated => ({ step: step.ref, why })
  switch (step.kind) {
    case 'query':
      return queryResult(step) ?? no('')
    case 'foreign':
    case 'refused':
      return no('')
    case 'unread':
      return no(`an expression ${step.why}`)
    case 'math':
      return ofFormula(step.formula, result, no)
    case 'resample': {
      const of = result(step.of)
      if (isUntranslated(of)) return of
      return step.downsampler === 'sum' ? no('a resample with sum') : of
    }
    case 'reduce': {
      const of = result(step.of)
      if (isUntranslated(of)) return of
      const one = reductionOf(step.reducer, of)
      return one === null ? no(`a reduce with ${step.reducer}`) : { ...one, instead: step.instead ?? one.instead }
    }
    case 'threshold': {
      const of = result(step.of)
      if (isUntranslated(of)) return of
      const { type, params } = step.evaluator
      if (of.labels === 'number') return no('a threshold of a number')
      if (params.some(Number.isNaN)) return no('a threshold whose limit is no number')
      if (of.instead !== null && numberCrosses(type, params, of.instead) !== false)
        return no('a threshold that the value in place of NaN crosses')
      return thresholdOf(type, params, of) ?? no(`a threshold with ${type}`)
    }
    case 'classic':
      return ofConditions(step.conditions, result, no)
  }
}

/** A query of Prometheus; null if it cannot be parsed. */
function queryResult({ text, instant, range, window }: Extract<RuleStep, { kind: 'query' }>): Result | null {
  // the variables of an interval may stand where only a duration is allowed
  const { text: plain } = interpolate(text, new Map())
  const parsed = parse(plain)
  if (!parsed.ok) return null
  const { node } = parsed
  const span = parsed.spans.get(node)
  const isInParentheses = span !== undefined && plain[span.from] !== '(' && plain.trimStart().startsWith('(')
  const own = node.kind === 'binary' ? level[node.op] : node.kind === 'unary' ? signLevel : atomLevel
  const isNumber = node.kind === 'number' || (node.kind === 'call' && /^(?:time|scalar|pi)$/.test(node.fn))
  const isSingle =
    node.kind === 'aggregate' &&
    node.word === 'by' &&
    node.labels.length === 0 &&
    !/^(?:topk|bottomk|limitk|limit_ratio|count_values)$/.test(node.op)
  return {
    // a comment ends with its line
    text: text.includes('#') ? `${text.trim()}\n` : text.trim(),
    level: isInParentheses && own < atomLevel ? atomLevel : own,
    labels: isNumber ? 'number' : isSingle ? 'none' : 'any',
    range: range && !instant ? window : null,
    holds: null,
    instead: null,
  }
}

type Untranslatable = (why: string) => Untranslated

const functions: Readonly<Record<string, string>> = {
  abs: 'abs',
  log: 'ln',
  round: 'round',
  ceil: 'ceil',
  floor: 'floor',
}

function ofFormula(of: Formula, result: (ref: string) => Translation, no: Untranslatable): Translation {
  const under = (one: Formula) => ofFormula(one, result, no)
  switch (of.kind) {
    case 'number':
      return numberResult(of.value)
    case 'reference': {
      const one = result(of.ref)
      return isUntranslated(one) || one.instead === null ? one : no('math on values in place of NaN')
    }
    case 'sign': {
      const one = under(of.of)
      if (isUntranslated(one)) return one
      if (one.labels === 'number')
        return of.op === '-' ? arithmeticOf('*', numberResult(-1), one) : no('math on numbers alone')
      return of.op === '-' ? arithmeticOf('*', numberResult(-1), one) : comparisonOf('==', one, numberResult(0))
    }
    case 'call':
      return ofCall(of.fn, of.args, under, no)
    case 'operation': {
      const whole = knownNumber(of)
      if (whole !== null) return under(whole)
      const [left, right] = [under(of.left), under(of.right)]
      if (isUntranslated(left)) return left
      return isUntranslated(right) ? right : (operation(of.op, left, right) ?? no('math on numbers alone'))
    }
  }
}

function ofCall(
  fn: string,
  args: readonly Formula[],
  under: (one: Formula) => Translation,
  no: Untranslatable,
): Translation {
  if (fn === 'inf' || fn === 'infn' || fn === 'nan')
    return numberResult(fn === 'nan' ? Number.NaN : fn === 'inf' ? Infinity : -Infinity)
  const [arg] = args
  const of = arg === undefined ? no(`math with ${fn}()`) : under(arg)
  if (isUntranslated(of)) return of
  if (of.labels === 'number') return no('math on numbers alone')
  if (fn === 'is_number') return presence(of)
  const same = functions[fn]
  return same === undefined ? no(`math with ${fn}()`) : callResult(same, of)
}

/** `is_number($A) || is_nan($A) || is_inf($A)`, whether there is anything at all, as `is_number($A)`. */
function knownNumber({ op, left, right }: Extract<Formula, { kind: 'operation' }>): Formula | null {
  const isOf = (one: Formula, fns: readonly string[]) => one.kind === 'call' && fns.includes(one.fn)
  const first = left.kind === 'operation' ? knownNumber(left) : left
  if (op !== '||' || first === null || first.kind !== 'call' || right.kind !== 'call') return null
  const isSame = JSON.stringify(first.args) === JSON.stringify(right.args)
  return isSame && isOf(first, ['is_number']) && isOf(right, ['is_nan', 'is_inf', 'is_number']) ? first : null
}

/** An operation of two results; null if it has no equivalent. */
function operation(op: string, left: Result, right: Result): Result | null {
  const numbers = left.labels === 'number' && right.labels === 'number'
  switch (op) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmeticOf(op, left, right)
    case '**':
      return arithmeticOf('^', left, right)
    case '==':
    case '!=':
    case '>':
    case '<':
    case '>=':
    case '<=':
      return numbers ? null : comparisonOf(op, left, right)
    case '&&':
    case '||':
      if (left.labels === 'number' || right.labels === 'number') return null
      return op === '&&' ? bothOf(left, right) : eitherOf(left, right)
    default:
      return null
  }
}

function ofConditions(
  conditions: readonly ClassicCondition[],
  result: (ref: string) => Translation,
  no: Untranslatable,
): Translation {
  let whole: Result | null = null
  for (const { of, reducer, evaluator, operator } of conditions) {
    const one = result(of)
    if (isUntranslated(one)) return one
    const single = reductionOf(reducer, one)
    if (single === null) return no(`a classic condition with ${reducer}()`)
    if (single.labels === 'number') return no('a classic condition on a number')
    const { type } = evaluator
    // classic conditions take the limits of a range in either order
    const params = type.includes('range') ? [...evaluator.params].sort((a, b) => a - b) : evaluator.params
    const found = type === 'no_value' ? presence(callResult('absent', single)) : thresholdOf(type, params, single)
    if (found === null || params.some(Number.isNaN)) return no(`a classic condition with ${type}`)
    if (whole !== null && operator !== 'and' && operator !== 'or') return no(`a classic condition with ${operator}`)
    whole = whole === null ? found : operator === 'or' ? eitherOf(whole, found) : bothOf(whole, found)
  }
  return whole ?? no('classic conditions')
}
