// Compiled, never run. Above each wrong line is a sentence that the compiler's message must contain.
import {
  absence,
  act,
  alert,
  alerts,
  check,
  dashboard,
  figure,
  look,
  note,
  type Runbook,
  rate,
  run,
  sum,
  text,
  tier,
  tiers,
  timeseries,
  watchdog,
} from '../../definitions/language/index.ts'
import { percent, perMinute, usdt } from '../../definitions/language/metrics.ts'
import { m } from '../language/metrics.ts'

const runbook: Runbook = { cause: 'x', steps: [act('y')] }
const poor = m.equity_usdt.lt(usdt(5))
const board = dashboard({ title: 'x', panels: { equity: timeseries({ title: 'x', show: m.equity_usdt }) } })
const causes = alerts({
  Down: alert({ when: poor, severity: 'critical', summary: 'x', runbook }),
  Slow: alert({ when: poor, severity: 'warning', summary: 'x', runbook }),
})

export function conditions(): void {
  // @ts-expect-error an alert needs a condition: a comparison such as .gt(percent(5)), absent() or .is(state)
  alert({ when: m.equity_usdt, severity: 'info', summary: 'x', runbook })
  // @ts-expect-error an alert needs a condition
  alert({ when: m.orders_total, severity: 'info', summary: 'x', runbook })
  // @ts-expect-error an alert needs a condition
  alert({ when: poor.bool, severity: 'info', summary: 'x', runbook })
  // @ts-expect-error an alert needs a condition
  alert({ when: poor.or(m.cash_usdt), severity: 'info', summary: 'x', runbook })
  // @ts-expect-error an alert needs a condition
  alert({ when: m.trading_mode, severity: 'info', summary: 'x', runbook })
  // @ts-expect-error an alert needs a condition
  alert({ when: 'bot_equity_usdt < 5', severity: 'info', summary: 'x', runbook })
  // @ts-expect-error a histogram has no series under its own name: give its .count
  absence({ of: m.slippage_bps, severity: 'critical', summary: 'x', runbook })
  // @ts-expect-error absence() watches a metric of a catalogue, or a recorded series
  absence({ of: sum(m.equity_usdt), severity: 'critical', summary: 'x', runbook })
}

export function summaries(): void {
  alert({
    when: sum(rate(m.errors_total, '5m')).by('component').gt(perMinute(2)),
    severity: 'info',
    // @ts-expect-error Property 'error_type' does not exist on type 'Holes<"bot" | "component" | "env">'
    summary: (l) => text`${l.error_type}`,
    runbook,
  })
  // @ts-expect-error Property 'instance' does not exist on type 'Holes<"bot" | "env">'
  alert({ when: sum(m.equity_usdt).lt(usdt(5)), severity: 'info', summary: (l) => text`${l.instance}`, runbook })
  // @ts-expect-error Property 'instance' does not exist on type 'Holes<"bot" | "env" | "job">'
  absence({ of: m.equity_usdt, severity: 'info', summary: (l) => text`${l.instance}`, runbook })
  // @ts-expect-error Property 'toUpperCase' does not exist on type 'Hole'
  alert({ when: poor, severity: 'info', summary: (l) => text`${l.bot.toUpperCase()}`, runbook })
  // @ts-expect-error This comparison appears to be unintentional because the types 'Hole' and 'string' have no overlap
  alert({ when: poor, severity: 'info', summary: (l) => (l.bot === 'a' ? text`a` : text`b`), runbook })
  // @ts-expect-error Type 'string' is not assignable to type 'Text'
  alert({ when: poor, severity: 'info', summary: (l) => `${l.bot} lost`, runbook })
  // @ts-expect-error Property 'percent' does not exist on type
  alert({ when: poor, severity: 'info', summary: (_, value) => text`${value.percent}`, runbook })
  // @ts-expect-error Property 'fixed' does not exist on type
  alert({ when: m.drawdown_pct.gt(percent(5)), severity: 'info', summary: (_, value) => text`${value.fixed}`, runbook })
  // @ts-expect-error The left-hand side of an arithmetic operation must be
  alert({ when: poor, severity: 'info', summary: (_, value) => text`${value * 2}`, runbook })
  // @ts-expect-error Property 'percent' does not exist on type
  alert({ when: poor, severity: 'info', summary: () => text`${figure(m.equity_usdt, '?').percent}`, runbook })
  // @ts-expect-error these are buckets: histogram_quantile(q, ...) first
  alert({ when: poor, severity: 'info', summary: () => text`${figure(rate(m.slippage_bps, '5m'), '?')}`, runbook })
  // @ts-expect-error Argument of type 'Text' is not assignable to parameter of type 'string | number | Hole'
  alert({ when: poor, severity: 'info', summary: () => text`${text`x`}`, runbook })
}

export function options(): void {
  // @ts-expect-error Type '"5 minutes"' is not assignable to type 'Duration'
  alert({ when: poor, for: '5 minutes', severity: 'info', summary: 'x', runbook })
  // @ts-expect-error Type '"-5m"' is not assignable to type 'Duration'
  alert({ when: poor, cooldown: '-5m', severity: 'info', summary: 'x', runbook })
  // @ts-expect-error Type 'number' is not assignable to type 'Duration'
  alert({ when: poor, remindEvery: 300, severity: 'info', summary: 'x', runbook })
  // @ts-expect-error Type '"page"' is not assignable to type 'Severity'
  alert({ when: poor, severity: 'page', summary: 'x', runbook })
  // @ts-expect-error Property 'runbook' is missing in type
  alert({ when: poor, severity: 'info', summary: 'x' })
  // @ts-expect-error Property 'summary' is missing in type
  alert({ when: poor, severity: 'info', runbook })
  // @ts-expect-error Source has 0 element(s) but target requires 1
  alert({ when: poor, severity: 'info', summary: 'x', runbook: { cause: 'x', steps: [] } })
  // @ts-expect-error Property 'cause' is missing in type
  alert({ when: poor, severity: 'info', summary: 'x', runbook: { steps: [act('x')] } })
  // @ts-expect-error a critical alert is muted by a critical one only
  alert({ when: poor, severity: 'critical', summary: 'x', runbook, mutedBy: [causes.Slow] })
  // @ts-expect-error Type 'string' is not assignable to type 'AnyAlert'
  alert({ when: poor, severity: 'info', summary: 'x', runbook, mutedBy: ['Down'] })
  // @ts-expect-error Property 'Dwn' does not exist on type
  alert({ when: poor, severity: 'info', summary: 'x', runbook, mutedBy: [causes.Dwn] })
  alert({ when: poor, severity: 'info', summary: 'x', runbook, event: true })
  alert({ when: poor, severity: 'info', summary: 'x', runbook, event: false, resolved: (l) => text`${l.bot}` })
  // @ts-expect-error an event has no end, so RESOLVED is never sent: remove resolved, or event
  alert({ when: poor, severity: 'info', summary: 'x', runbook, event: true, resolved: 'x' })
  // @ts-expect-error an event has no end, so RESOLVED is never sent: remove resolved, or event
  alert({ when: poor, severity: 'info', summary: 'x', runbook, event: true, resolved: (l) => text`${l.bot}` })
  // @ts-expect-error 'event' does not exist in type
  absence({ of: m.equity_usdt, severity: 'info', summary: 'x', runbook, event: true })
  // @ts-expect-error 'severity' does not exist in type
  watchdog({ severity: 'critical', summary: 'x', runbook })
  // @ts-expect-error a step is act(…) or run(…) to do now, look(panel) or check(…) to look at, or decide(…)
  alert({ when: poor, severity: 'info', summary: 'x', runbook: { cause: 'x', steps: ['Look.'] } })
  // @ts-expect-error note`…` goes inside one of them
  alert({ when: poor, severity: 'info', summary: 'x', runbook: { cause: 'x', steps: [act('x'), note`x`] } })
  // @ts-expect-error is not assignable to parameter of type 'AnyPanel'
  look('equity')
  // @ts-expect-error is not assignable to parameter of type 'string | Note'
  check(board.panels.equity)
  // @ts-expect-error Property 'equitty' does not exist on type
  look(board.panels.equitty)
  // @ts-expect-error Expected 1-2 arguments, but got 0
  run()
  // @ts-expect-error Argument of type 'AnyPanel' is not assignable to parameter of type
  note`look at ${board.panels.equity}`
}

/** Tiers keep the severity that each was given. */
export function steps(): void {
  const of = tiers({ Worst: tier('critical', 2), Bad: tier('warning', 1) }, ({ severity, limit }) =>
    alert({ when: m.equity_usdt.lt(usdt(limit)), severity, summary: 'x', runbook }),
  )
  alert({ when: poor, severity: 'critical', summary: 'x', runbook, mutedBy: [of.Worst] })
  // @ts-expect-error a critical alert is muted by a critical one only
  alert({ when: poor, severity: 'critical', summary: 'x', runbook, mutedBy: [of.Bad] })
  // @ts-expect-error Argument of type '"fatal"' is not assignable to parameter of type 'Severity'
  tier('fatal', 1)
  tiers({ Bad: tier('warning', percent(5)) }, ({ severity, limit }) =>
    // @ts-expect-error this value is in usdt, the threshold in ratio
    alert({ when: m.equity_usdt.lt(limit), severity, summary: 'x', runbook }),
  )
}

/** An alert cannot be muted by one defined after it: the order proves that no two alerts mute each other. */
export function forward(): void {
  // @ts-expect-error Block-scoped variable 'later' used before its declaration
  // biome-ignore lint/correctness/noInvalidUseBeforeDeclaration: that is the mistake to test.
  alerts({ Now: alert({ when: poor, severity: 'info', summary: 'x', runbook, mutedBy: [later.Later] }) })
  const later = alerts({ Later: alert({ when: poor, severity: 'info', summary: 'x', runbook }) })
}
