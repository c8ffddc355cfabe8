import type { ExpressionCheck } from '../checks/check.ts'
import { type AnalysedExpression, meaningTree, type Role, standaloneUse } from '../checks/expression.ts'
import { expressionChecks } from '../checks/index.ts'
import type { Analysis } from '../meaning/analyse.ts'
import type { Meaning } from '../meaning/meaning.ts'
import type { World } from '../meaning/world.ts'
import type { Readable } from './readable.ts'
import type { ItemKind, VerdictReason } from './verdict.ts'

/** These need what a rule file does not say: the server's flags, its retention, the labels of the routes. */
const needMore: ReadonlySet<string> = new Set(['BW001', 'BW002', 'BW502', 'BW503', 'BW506'])

/** The checks that are sound when all that is known of series is that they were seen. */
const checks: readonly ExpressionCheck[] = expressionChecks.filter(
  ({ needs, code }) => needs !== 'contract' && !needMore.has(code),
)

/**
 * What the checks report for an expression, based on what was seen, or on its text alone if some of it was not seen; `recorded`
 * finds what a rule records.
 */
export function checkQuery(
  { node, shown, said }: Extract<Readable, { readonly names: unknown }>,
  kind: ItemKind,
  { meaningOf, family }: Analysis,
  world: World,
  recorded: (name: string) => Meaning | null,
  wasSeen: boolean,
): readonly VerdictReason[] {
  const meaning = meaningOf(node)
  const { all, above } = meaningTree(meaning)
  const role = roles[kind]
  // places are indexes into the parsed tree, since the text itself is not at hand
  const place = (of: Meaning) => ({ from: all.indexOf(of), to: all.indexOf(of) })
  const expression: AnalysedExpression = {
    get text() {
      return shown(node)
    },
    node,
    meaning,
    use: { ...standaloneUse, role },
    world,
    flags: [],
    all,
    above,
    spanOf: place,
    family,
    record: recorded,
  }
  return (wasSeen ? onSeen : onText)[role].flatMap(({ code, look }) =>
    look(expression).map(({ from, message, fix }) => ({
      part: shown(all[from]?.node ?? node),
      why: said(`${code}: ${message}${fix === '' ? '' : `; ${fix}`}`),
    })),
  )
}

const byRole = (all: readonly ExpressionCheck[]): Readonly<Record<Role, readonly ExpressionCheck[]>> => {
  const of = (role: Role) => all.filter(({ roles }) => roles === null || roles.includes(role))
  return { alert: of('alert'), record: of('record'), panel: of('panel'), query: of('query') }
}
const onSeen = byRole(checks)
const onText = byRole(checks.filter(({ needs }) => needs === 'text'))

const roles: Readonly<Record<ItemKind, Role>> = {
  alert: 'alert',
  record: 'record',
  panel: 'panel',
  variable: 'query',
  annotation: 'query',
}
