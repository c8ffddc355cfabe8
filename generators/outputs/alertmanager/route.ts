import { severities } from '../../../definitions/language/severity.ts'
import { freeLabelsOf } from '../../model/free-labels.ts'
import type { Model } from '../../model/model.ts'
import { type RouteTiming, timingOf, timingsOf } from '../../model/timing-classes.ts'
import { groupWait } from '../../stack/alert-timing.ts'
import { keepsLogs, logWatchdog } from '../../stack/logs.ts'
import type { IsFilled } from '../../stack/secrets.ts'
import { anyOf, equals } from './matcher.ts'
import { direct, everybody, isDirect, nobody, ofEvents, receiverOf, watcherOf } from './receivers.ts'

/** The tree of routes: the watchdog, what nobody reads and what everybody must know separately, then each environment and severity, with subroutes for alerts whose timing differs. */
export function route(model: Model, isFilled: IsFilled): object {
  const watchdogs = model.alerts.filter(({ of }) => of.of === 'watchdog')
  const toEverybody = model.alerts.filter(
    (alert) => alert.of.of === 'posted' || alert.of.everywhere || isDirect(model, alert),
  )
  const quiets = model.alerts.filter(({ of }) => of.of === 'quiet')
  const others = model.alerts.filter((alert) => ![...watchdogs, ...toEverybody, ...quiets].includes(alert))
  const bySeverity = severities.map((severity) => ({
    severity,
    classes: timingsOf(others.filter((alert) => alert.severity === severity)),
  }))
  return {
    receiver: everybody,
    group_by: ['alertname', 'bot', 'env', 'instance', ...freeLabelsOf(model.bot)],
    group_wait: `${groupWait}s`,
    group_interval: '5m',
    repeat_interval: '3h57m30s',
    routes: [
      ...timingsOf(watchdogs).map((same) => ({
        matchers: [anyOf('alertname', same.alerts)],
        receiver: watcherOf(model, isFilled),
        group_wait: '0s',
        ...timing(same),
      })),
      ...[...quiets.map(({ name }) => name), ...(keepsLogs(model.bot) ? [logWatchdog] : [])].map((name) => ({
        matchers: [equals('alertname', name)],
        receiver: nobody,
      })),
      ...toEverybody.map((alert) => ({
        matchers: [equals('alertname', alert.name)],
        receiver: isDirect(model, alert) ? direct : alert.of.event ? ofEvents(everybody) : everybody,
        ...(alert.of.of === 'posted' ? { group_wait: '0s' } : {}),
        ...timingOf(alert),
      })),
      ...Object.keys(model.bot.environments).flatMap((env) =>
        bySeverity.map(({ severity, classes }) => {
          const [first, ...others] = [...classes].sort(
            (a, b) => Number(a.event) - Number(b.event) || b.alerts.length - a.alerts.length,
          )
          // what matches no route of its own has an end
          const [usual, rest] = first === undefined || first.event ? [undefined, classes] : [first, others]
          const receiver = receiverOf(model, env, severity, isFilled)
          return {
            matchers: [equals('env', env), equals('severity', severity)],
            receiver,
            ...(usual === undefined ? {} : timing(usual)),
            ...(rest.length === 0
              ? {}
              : {
                  routes: rest.map((special) => ({
                    matchers: [anyOf('alertname', special.alerts)],
                    ...(special.event ? { receiver: ofEvents(receiver) } : {}),
                    ...timing(special),
                  })),
                }),
          }
        }),
      ),
    ],
  }
}

const timing = ({ group_interval, repeat_interval }: RouteTiming): RouteTiming => ({ group_interval, repeat_interval })
