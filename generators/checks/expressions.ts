import type { CheckCode } from '../../definitions/language/check-code.ts'
import { byCodeUnit } from '../../definitions/language/code-unit.ts'
import type { World } from '../meaning/world.ts'
import type { EvidenceLevel, ExpressionCheck } from './check.ts'
import type { CheckedExpression, ExpressionFinding, Remark } from './checked-expression.ts'
import { type ExpressionUse, expressionReader, isAnalysed, type Role, standaloneUse } from './expression.ts'
import { expressionChecks } from './index.ts'
import { syntax } from './text/syntax.ts'

interface Scope {
  /** What the world is based on: with weaker evidence, checks that would have to guess are skipped. */
  readonly evidence?: EvidenceLevel
  readonly only?: ReadonlySet<CheckCode>
}

const reach: Readonly<Record<EvidenceLevel, number>> = { text: 0, seen: 1, contract: 2 }

/** Checks expressions in one world with every check its evidence supports; each distinct text is parsed once. */
export function expressionChecker(
  world: World,
  { evidence = 'contract', only }: Scope = {},
): (text: string, setting?: Partial<ExpressionUse>) => CheckedExpression {
  const read = expressionReader(world)
  const checks = expressionChecks.filter(
    ({ needs, code }) => reach[needs] <= reach[evidence] && (only === undefined || only.has(code)),
  )
  const of = (role: Role) => checks.filter(({ roles }) => roles === null || roles.includes(role))
  const byRole: Readonly<Record<Role, readonly ExpressionCheck[]>> = {
    alert: of('alert'),
    record: of('record'),
    panel: of('panel'),
    query: of('query'),
  }
  return (text, given = {}) => {
    const one = read(text, { ...standaloneUse, ...given })
    if (!isAnalysed(one)) return { text, expression: null, findings: one.errors.map((error) => found(syntax, error)) }
    const findings: ExpressionFinding[] = []
    for (const check of byRole[one.use.role]) for (const said of check.look(one)) findings.push(found(check, said))
    return { text, expression: one, findings: findings.sort(byPlace) }
  }
}

const found = ({ code, name, severity }: Pick<ExpressionCheck, 'code' | 'name' | 'severity'>, said: Remark) => ({
  code,
  name,
  severity,
  ...said,
})
const byPlace = (a: ExpressionFinding, b: ExpressionFinding) =>
  a.from - b.from || a.to - b.to || byCodeUnit(a.code, b.code)
