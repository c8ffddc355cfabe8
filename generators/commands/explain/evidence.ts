import { auto } from '../../../definitions/language/duration.ts'
import { selectors } from '../../../definitions/language/node.ts'
import type { RetiredNames } from '../../../definitions/language/retired.ts'
import { type Evidence, mergeEvidence } from '../../audit/evidence.ts'
import { collectLabels, seenFamilies } from '../../audit/world.ts'
import type { CheckedExpression } from '../../checks/checked-expression.ts'
import type { ExpressionUse } from '../../checks/expression.ts'
import { expressionChecker } from '../../checks/expressions.ts'
import { unknownMetric } from '../../checks/series/unknown-metric.ts'
import { tookPlaceOf } from '../../meaning/world.ts'
import { parse } from '../../promql/parse.ts'
import { nearest } from '../../text/nearest.ts'
import { evidenceOf } from '../audit/evidence.ts'

export type ExpressionChecker = (text: string) => CheckedExpression

/** Analyses expressions by what processes, files or a Prometheus expose; a name that was not seen is reported, but proves nothing. */
export async function checkerFromEvidence(
  targets: readonly string[],
  expressions: readonly string[],
  place: Partial<ExpressionUse> = {},
): Promise<ExpressionChecker | { readonly wrong: string }> {
  const asked = new Set<string>()
  const names = new Set<string>()
  for (const text of expressions) {
    const parsed = parse(text.replaceAll(auto, '5m'))
    if (!parsed.ok) continue
    collectLabels(parsed.node, asked, new Set())
    for (const { name } of selectors(parsed.node)) if (name !== '') names.add(name)
  }
  const found: Evidence[] = []
  for (const target of targets) {
    const one = await evidenceOf(target, { names: [...names], jobs: [], window: '1d' })
    if ('wrong' in one) return one
    found.push(one)
  }
  const evidence = mergeEvidence(found)
  const declared = evidence.contracts.flatMap(({ metrics }) => metrics.flatMap(({ series }) => series))
  const known = new Set([...evidence.seen.keys(), ...declared])
  const familyOf = seenFamilies(evidence, asked)
  const families = new Map([...new Set([...known, ...names])].map((name) => [name, familyOf(name)]))
  const retired = Object.assign({}, ...evidence.contracts.map((contract) => contract.retired)) as RetiredNames
  const isWhole = evidence.contracts.length === evidence.sources.length
  const look = expressionChecker(
    { families, records: new Map(), interval: 1000, retired },
    { evidence: isWhole ? 'contract' : 'seen' },
  )
  const where = evidence.sources.map(({ name, extent }) => `${extent} of ${name}`).join(', ')
  return (text) => withUnseen(look(text, place), known, where)
}

/** Adds a finding for each name that was not seen or that a contract has retired. */
function withUnseen(looked: CheckedExpression, known: ReadonlySet<string>, where: string): CheckedExpression {
  const { expression } = looked
  if (expression === null) return looked
  const unseen = expression.all.flatMap((of) => {
    if (of.node.kind !== 'selector' || of.node.name === '' || known.has(of.node.name)) return []
    const { from } = expression.spanOf(of)
    const replaced = tookPlaceOf(expression.world, of.node.name)
    return [
      {
        code: unknownMetric.code,
        name: unknownMetric.name,
        ...(replaced === null
          ? {
              severity: 'warning' as const,
              message: `${of.node.name} was not seen in ${where}, which does not prove that it never appears`,
              fix: nearest(of.node.name, known),
            }
          : {
              severity: unknownMetric.severity,
              message: `${of.node.name} is retired: ${replaced}`,
              fix: 'use its replacement',
            }),
        from,
        to: from + of.node.name.length,
      },
    ]
  })
  return { ...looked, findings: [...unseen, ...looked.findings] }
}
