import { knownValues } from '../../meaning/domain.ts'
import type { LabelDomains } from '../../meaning/labels.ts'
import type { Meaning } from '../../meaning/meaning.ts'
import { nearest } from '../../text/nearest.ts'
import { expressionCheck } from '../check.ts'
import type { Remark } from '../checked-expression.ts'
import type { AnalysedExpression } from '../expression.ts'
import { asksFor, type Of, operand, parts, wordSpan } from '../parts.ts'

/** A label that never existed or was dropped: by(), on(), group_left() and label_replace() then work with nothing. */
export const lostLabel = expressionCheck({
  code: 'BW105',
  name: 'lost-label',
  severity: 'error',
  finds: 'A label is used that the series do not have, or that an aggregation dropped',
  needs: 'contract',
  roles: null,
  look: (expression) => [
    ...parts(expression, 'aggregate').flatMap((of) => inAggregation(expression, of)),
    ...parts(expression, 'binary').flatMap((of) => inMatching(expression, of)),
    ...parts(expression, 'call').flatMap((of) => inReplacement(expression, of)),
  ],
})

function inAggregation(expression: AnalysedExpression, of: Of<'aggregate'>): readonly Remark[] {
  const inner = of.of.at(-1)
  if (inner === undefined || inner.never !== null || of.node.word === 'without') return []
  return of.node.labels
    .filter((label) => isMissingIn(inner.labels, label))
    .map((label) => ({
      ...wordSpan(expression, of, 'by', label),
      message: `by (${label}): ${why(expression, inner, label)}`,
      fix: advice(inner.labels, label),
    }))
}

function inMatching(expression: AnalysedExpression, of: Of<'binary'>): readonly Remark[] {
  const how = of.node.matching
  const [left, right] = of.of as readonly [Meaning, Meaning]
  if (how === null || left.never !== null || right.never !== null) return []
  const one = how.group === 'right' ? left : right
  return [
    ...(how.word === 'on' ? how.labels : [])
      .filter((label) => isMissingIn(left.labels, label) && isMissingIn(right.labels, label))
      .map((label) => ({
        ...wordSpan(expression, of, 'on', label),
        message: `on (${label}): neither side has it, ${why(expression, left, label)}`,
        fix: advice(new Map([...left.labels, ...right.labels]), label),
      })),
    ...how.include
      .filter((label) => isMissingIn(one.labels, label))
      .map((label) => ({
        ...wordSpan(expression, of, `group_${how.group}`, label),
        message: `group_${how.group} (${label}): ${why(expression, one, label)}`,
        fix: advice(one.labels, label),
      })),
  ]
}

function inReplacement(expression: AnalysedExpression, of: Of<'call'>): readonly Remark[] {
  if (of.node.fn !== 'label_replace') return []
  const [inner, source] = [operand(of), of.node.args[3]]
  if (inner === undefined || inner.never !== null || source?.kind !== 'string' || source.value === '') return []
  if (!isMissingIn(inner.labels, source.value)) return []
  return [
    {
      ...expression.spanOf(of.of[3] ?? of),
      message: `label_replace() reads ${source.value}: ${why(expression, inner, source.value)}`,
      fix: advice(inner.labels, source.value),
    },
  ]
}

const isMissingIn = (labels: LabelDomains, label: string): boolean => {
  const domain = labels.get(label)
  return domain === undefined || (knownValues(domain)?.length === 0 && domain.empty)
}

/** Why the label is missing: it never existed, or was dropped on the way. */
function why(expression: AnalysedExpression, inner: Meaning, label: string): string {
  const had = asksFor(inner).filter((of) => of.labels.has(label))
  if (had.length === 0) return `the series have no label ${label}`
  const taker = expression.all.find(
    (of) => of.node.kind === 'aggregate' && !of.labels.has(label) && of.of.at(-1)?.labels.has(label) === true,
  )
  return taker?.node.kind === 'aggregate'
    ? `${taker.node.op} ${taker.node.word} (${taker.node.labels.join(', ')}) dropped the label ${label}`
    : `the label ${label} was dropped`
}

const advice = (labels: LabelDomains, label: string): string => {
  const left = [...labels.keys()].filter((one) => one !== '__name__').sort()
  return (
    nearest(label, left) || (left.length === 0 ? 'no labels are available' : `available labels: ${left.join(', ')}`)
  )
}
