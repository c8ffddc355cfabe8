import { milliseconds } from '../../definitions/language/duration.ts'
import { type World, worldOf } from '../meaning/world.ts'
import type { Finding, Subject } from '../model/finding.ts'
import type { Model } from '../model/model.ts'
import { print } from '../promql/print.ts'
import { withAllowed } from './allowed.ts'
import type { CheckFinding } from './check.ts'
import type { Setting } from './expression.ts'
import { expressionChecker } from './expressions.ts'
import { fromFaults } from './faults.ts'
import { wholeChecks } from './index.ts'
import type { Looked } from './looked.ts'
import { alertSubject, panelSubject, recordSubject } from './subjects.ts'
import type { LookedAlert, LookedPanel, LookedRecord, Whole } from './whole.ts'

/** A resolved bot, and the findings of resolving it. */
interface Resolved {
  readonly model: Model
  readonly findings: readonly Finding[]
}

/** Everything that is wrong with a bot, by severity, then in the order of its definitions; `today` looks like 2027-01-31. */
export function checked({ model, findings }: Resolved, today: string): readonly CheckFinding[] {
  const whole = lookedAt(model)
  const found = [
    ...inExpressions(whole),
    ...wholeChecks.flatMap((check) =>
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
  const all = [...found, ...fromFaults(findings, found)]
  return sorted(withAllowed(model.bot, unique(all), today))
}

/** The closed world of a bot, including what long holds record. */
export const worldOfModel = ({ bot, records }: Model): World => ({
  ...worldOf(bot),
  records: new Map(records.map(({ name, expr }) => [name, expr])),
})

/** Checks every expression of a bot; each distinct one is parsed once. */
function lookedAt(model: Model): Whole {
  const { bot } = model
  const world = worldOfModel(model)
  const look = expressionChecker(world)
  const retention = milliseconds(bot.stack.retention)
  const at = (given: Partial<Setting>): Partial<Setting> => ({ retention, ...given })
  return {
    bot,
    model,
    world,
    alerts: model.alerts.map(
      (rule): LookedAlert => ({
        alert: rule.of,
        rule,
        looked: rule.rules.map(({ expr, for: held }) =>
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
      ({ name, expr, of }): LookedRecord => ({
        record: of,
        name,
        looked: look(print(expr), at({ role: 'record' })),
      }),
    ),
    panels: Object.values(bot.dashboards).flatMap((board) =>
      Object.values(board.panels).map(
        (panel): LookedPanel => ({
          panel,
          shown: panel.show.map((shown) => ({ shown, looked: look(print(shown.query), at({ role: 'panel' })) })),
        }),
      ),
    ),
  }
}

function inExpressions({ alerts, records, panels }: Whole): readonly CheckFinding[] {
  return [
    ...alerts.flatMap(({ alert, looked }) => looked.flatMap((one) => findingsOf(one, alertSubject(alert)))),
    ...records.flatMap(({ record, looked }) => (record === null ? [] : findingsOf(looked, recordSubject(record)))),
    ...panels.flatMap(({ panel, shown }) => shown.flatMap(({ looked }) => findingsOf(looked, panelSubject(panel)))),
  ]
}

const findingsOf = ({ text, findings }: Looked, subject: Subject): readonly CheckFinding[] =>
  findings.map(({ from, to, ...said }) => ({ ...subject, ...said, in: { text, from, to } }))

/** An alert with a rule for each environment would repeat its finding. */
const unique = (all: readonly CheckFinding[]): readonly CheckFinding[] => [
  ...new Map(all.map((one) => [`${one.code} ${one.of} ${one.message}`, one])).values(),
]

/** Errors first, then by code; otherwise in the order of the definitions. */
const sorted = (all: readonly CheckFinding[]): readonly CheckFinding[] =>
  [...all].sort((a, b) => a.severity.localeCompare(b.severity) || a.code.localeCompare(b.code))
