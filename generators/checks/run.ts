import { byCodeUnit } from '../../definitions/language/code-unit.ts'
import { milliseconds } from '../../definitions/language/duration.ts'
import { recordedIn, type World, worldOf } from '../meaning/world.ts'
import type { Finding, Subject } from '../model/finding.ts'
import type { Model } from '../model/model.ts'
import { print } from '../promql/print.ts'
import { applyAllows } from './apply-allows.ts'
import type { BotContext, CheckedAlert, CheckedPanel, CheckedRecord } from './bot-context.ts'
import type { CheckFinding } from './check.ts'
import type { CheckedExpression } from './checked-expression.ts'
import type { ExpressionUse } from './expression.ts'
import { expressionChecker } from './expressions.ts'
import { fromDefects } from './from-defects.ts'
import { botChecks } from './index.ts'
import { alertSubject, panelSubject, recordSubject } from './subjects.ts'

/** A resolved bot, and the findings of resolving it. */
interface CheckInput {
  readonly model: Model
  readonly findings: readonly Finding[]
}

/** Everything that is wrong with a bot, by severity, then in the order of its definitions; `today` looks like 2027-01-31. */
export function runChecks({ model, findings }: CheckInput, today: string): readonly CheckFinding[] {
  const whole = botContext(model)
  const found = [
    ...inExpressions(whole),
    ...botChecks.flatMap((check) =>
      check.look(whole).map(({ subject, ...said }) => ({
        in: null,
        ...subject,
        ...said,
        code: check.code,
        name: check.name,
        severity: check.severity,
      })),
    ),
  ]
  const all = [...found, ...fromDefects(findings, found)]
  return sortFindings(applyAllows(model.bot, unique(all), today))
}

/** The closed world of a bot, including what long holds record. */
export const worldOfModel = ({ bot, records }: Model): World => ({
  ...worldOf(bot),
  records: recordedIn(records, bot),
})

/** Checks every expression of a bot; each distinct one is parsed once. */
function botContext(model: Model): BotContext {
  const { bot } = model
  const world = worldOfModel(model)
  const look = expressionChecker(world)
  const retention = milliseconds(bot.stack.retention)
  const at = (given: Partial<ExpressionUse>): Partial<ExpressionUse> => ({ retention, ...given })
  return {
    bot,
    model,
    world,
    alerts: model.alerts.map(
      (rule): CheckedAlert => ({
        alert: rule.of,
        rule,
        expressions: rule.rules.map(({ expr, for: held }) =>
          look(
            print(expr),
            rule.of.of === 'watchdog'
              ? at({ role: 'query' })
              : at({ role: 'alert', for: milliseconds(held ?? '') ?? 0, identity: ['bot', 'env'] }),
          ),
        ),
      }),
    ),
    records: model.records.map(
      ({ name, expr, of }): CheckedRecord => ({
        record: of,
        name,
        expression: look(print(expr), at({ role: 'record' })),
      }),
    ),
    panels: Object.values(bot.dashboards).flatMap((board) =>
      Object.values(board.panels).map(
        (panel): CheckedPanel => ({
          panel,
          shown: panel.show.map((shown) => ({ shown, looked: look(print(shown.query), at({ role: 'panel' })) })),
        }),
      ),
    ),
  }
}

function inExpressions({ alerts, records, panels }: BotContext): readonly CheckFinding[] {
  return [
    ...alerts.flatMap(({ alert, expressions }) => expressions.flatMap((one) => findingsOf(one, alertSubject(alert)))),
    ...records.flatMap(({ record, expression }) =>
      record === null ? [] : findingsOf(expression, recordSubject(record)),
    ),
    ...panels.flatMap(({ panel, shown }) => shown.flatMap(({ looked }) => findingsOf(looked, panelSubject(panel)))),
  ]
}

const findingsOf = ({ text, findings }: CheckedExpression, subject: Subject): readonly CheckFinding[] =>
  findings.map(({ from, to, ...said }) => ({ ...subject, ...said, in: { text, from, to } }))

/** An alert with a rule for each environment would repeat its finding. */
const unique = (all: readonly CheckFinding[]): readonly CheckFinding[] => [
  ...new Map(all.map((one) => [`${one.code} ${one.of} ${one.message}`, one])).values(),
]

/** Errors first, then by code; otherwise in the order of the definitions. */
const sortFindings = (all: readonly CheckFinding[]): readonly CheckFinding[] =>
  [...all].sort((a, b) => byCodeUnit(a.severity, b.severity) || byCodeUnit(a.code, b.code))
