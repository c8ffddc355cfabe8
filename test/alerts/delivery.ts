import type { Proofs, Target } from './case.ts'

/** The cases of the alerts on delivery that have a rule, which every bot with an Alertmanager has. */
export function deliveryProofs({ bot, env }: Target): Proofs {
  const relay = { instance: 'relay', job: 'relay' }
  const labels = { bot, env, ...relay, severity: 'critical' }
  const up = 'up{job="relay", instance="relay"}'
  const failing = (channel: string) => `relay_failing_seconds{job="relay", instance="relay", channel="${channel}"}`
  return {
    Watchdog: {
      always: {
        labels: { bot, severity: 'info' },
        says: 'Always firing: Prometheus evaluates rules and Alertmanager delivers.',
      },
    },
    RelayDown: {
      fires: {
        'it does not answer': {
          given: { [up]: '1x7 0x31 1x19', up: '1x60' },
          from: '3m',
          to: '13m',
          labels,
          says: `the relay does not answer: no other message reaches you`,
        },
      },
      silent: {
        'for less than a minute, as in a restart': { [up]: '1x7 0x3 1x40' },
        'the bot is down, which has its own alert': { [up]: '1x60', up: '1x7 0x60' },
      },
      healthy: { [up]: '1x60' },
    },
    NotificationsFailing: {
      fires: {
        'a channel takes no messages': {
          given: { [failing(`telegram-${env}`)]: '0x7 46x31 0x19', [failing(`discord-${env}`)]: '0x60' },
          from: '2m',
          to: '13m',
          labels: { ...labels, channel: `telegram-${env}` },
          says: `messages have not reached telegram-${env} for 46s, limit 45 s`,
        },
      },
      silent: { 'for 45 seconds': { [failing(`telegram-${env}`)]: '0x7 45x40' } },
      healthy: { [failing(`telegram-${env}`)]: '0x60' },
    },
  }
}
