import { now } from './clock.ts'
import type { Delivery } from './delivery.ts'
import type { Sentinel } from './sentinel.ts'

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number]

/** The relay's own metrics in Prometheus' text format. */
export function expositionOf(deliveries: readonly Delivery[], sentinel: Sentinel, withdrawn: number): string {
  const perChannel = (value: (delivery: Delivery) => number): readonly Sample[] =>
    deliveries.map((delivery) => [{ channel: delivery.channel.name }, value(delivery)])
  return [
    family(
      'relay_failing_seconds',
      'gauge',
      'Time since the first failed attempt after the last one that worked.',
      perChannel((d) => d.failingFor()),
    ),
    family(
      'relay_queued_messages',
      'gauge',
      'Messages that the channel has not taken yet.',
      perChannel((d) => d.queue.size),
    ),
    family('relay_messages_total', 'counter', 'Messages by what became of them.', deliveries.flatMap(outcomesOf)),
    family(
      'relay_failed_attempts_total',
      'counter',
      'Attempts to deliver that failed, by reason: a status, timeout, network or secret.',
      deliveries.flatMap(({ channel, figures }) =>
        [...figures.failures].map(([reason, count]): Sample => [{ channel: channel.name, reason }, count]),
      ),
    ),
    family(
      'relay_queue_write_failures_total',
      'counter',
      'Messages that could only be kept in memory.',
      perChannel((d) => d.queue.writeFailures),
    ),
    family(
      'relay_withdrawn_resolved_total',
      'counter',
      'RESOLVED messages not sent because the alert fired again or was never evaluated.',
      [[{}, withdrawn]],
    ),
    family(
      'relay_source_silent',
      'gauge',
      'Whether a source of alerts is silent.',
      [...sentinel.states].map(([source, { silentSince }]): Sample => [{ source }, silentSince === null ? 0 : 1]),
    ),
    family(
      'relay_watchdog_age_seconds',
      'gauge',
      'Time since the Watchdog of a source last arrived in Alertmanager.',
      [...sentinel.states].map(([source, { watchdogAt }]): Sample => [{ source }, now() - watchdogAt]),
    ),
    family('relay_alertmanager_away_seconds', 'gauge', 'Time since Alertmanager last answered.', [
      [{}, sentinel.alertmanagerAwayFor()],
    ]),
  ].join('')
}

const outcomesOf = ({ channel, figures, queue }: Delivery): readonly Sample[] =>
  Object.entries({
    delivered: figures.delivered,
    rejected: figures.rejected,
    expired: figures.expired,
    replaced: queue.dropped.replaced,
    overflow: queue.dropped.overflow,
  }).map(([outcome, count]) => [{ channel: channel.name, outcome }, count])

const family = (name: string, type: string, help: string, samples: readonly Sample[]): string =>
  [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples.map((sample) => line(name, sample))]
    .map((text) => `${text}\n`)
    .join('')

function line(name: string, [labels, value]: Sample): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text.replace(/[\\"]/g, '\\$&')}"`)
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`
}
