import { type Alert, type AlertOptions, alertOf, always } from './alert.ts'
import type { Allow } from './allow.ts'
import type { Duration } from './duration.ts'
import type { Runbook } from './runbook.ts'
import type { Severity } from './severity.ts'
import { flag } from './unit.ts'

// The alerts whose condition no query says.

/** An alert that always fires: a dead man's switch notices when it stops. With its hold it stops in a crash loop of Prometheus, too, in which no other alert can hold. */
export const watchdog = (options: {
  readonly summary: string
  readonly runbook: Runbook
  readonly remindEvery?: Duration
  readonly allow?: readonly Allow[]
}): Alert<'info'> =>
  alertOf(
    'watchdog',
    { severity: 'info', for: '30s', ...options },
    { when: always, unit: flag, labels: [], summary: options.summary, defects: [] },
  )

/** An alert without a rule, which another program than Prometheus posts to Alertmanager while Prometheus is silent: it mutes everything that Prometheus evaluates. */
export const postedAlert = <const S extends Severity>(
  options: Pick<AlertOptions<S>, 'severity' | 'cooldown' | 'remindEvery' | 'runbook' | 'allow'> & {
    readonly summary: string
  },
): Alert<S> =>
  alertOf('posted', options, {
    when: always,
    unit: flag,
    labels: ['bot', 'instance'],
    summary: options.summary,
    defects: [],
  })
