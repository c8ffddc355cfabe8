import type { Proofs } from '../case.ts'
import { target } from './target.ts'

const critical = { ...target, severity: 'critical' }
const warning = { ...target, severity: 'warning' }
/** A bot that has run for an hour. */
const running = (samples: number) => ({ up: `1x${samples}`, mcbot_start_timestamp: `-3600x${samples}` })
const breaker = (open: string, trips: string) => ({
  mcbot_circuit_breaker_open: open,
  mcbot_circuit_breaker_total: trips,
})
const open = (samples: number, values: string) => ({ up: `1x${samples}`, mcbot_circuit_breaker_open: values })
const tripped = 'the circuit breaker tripped and closed all positions; trading is halted until somebody resets it'
const trippedBriefly =
  'the circuit breaker tripped, closed all positions, and was reset before the next scrape: the bot trades on'
const findings = (critical: string) => ({
  'mcbot_risk_alerts_total{level="critical", finding="account_loss"}': critical,
})
const found = 'critical finding of the risk manager: account_loss'
const dropping = 'the event bus dropped 50 events in 5 minutes'

/** Events that a scrape could miss: before the first one of a process, or right before it exits. */
export const eventProofs: Proofs = {
  CircuitBreakerTripped: {
    fires: {
      'it trips, and is reset after 24 minutes': {
        given: { ...open(140, '0x7 1x95 0x36') },
        from: '2m',
        to: '29m',
        labels: critical,
        says: tripped,
      },
      'it trips, and the process exits before the next scrape': {
        given: {
          up: '1x7 0x3 1x60',
          mcbot_circuit_breaker_open: '0x7 stale _x3 1x20 0x40',
        },
        from: '3m',
        to: '11m15s',
        labels: critical,
        says: tripped,
      },
      'it stays open while the bot is down for ten minutes': {
        given: {
          up: '1x15 0x39 1x60',
          mcbot_circuit_breaker_open: '0x7 1x7 stale _x39 1x4 0x60',
        },
        from: '2m',
        to: '18m15s',
        labels: critical,
        says: tripped,
      },
    },
    silent: {
      'it is reset': { ...open(60, '0x60') },
      'an instance that is gone': { mcbot_circuit_breaker_open: '1x3' },
    },
    healthy: { ...open(60, '0x60') },
  },
  CircuitBreakerTrippedBriefly: {
    fires: {
      'the first trip is the first sample of its series': {
        given: { ...running(130), ...breaker('0x130', '_x43 1x87') },
        from: '10m45s',
        to: '23m45s',
        labels: critical,
        says: trippedBriefly,
      },
      'it trips and is reset between two scrapes': {
        given: { ...running(88), ...breaker('0x88', '2x7 3x80') },
        from: '2m',
        to: '14m45s',
        labels: critical,
        says: trippedBriefly,
      },
      'it trips at the start, after eleven minutes down, and is reset before the first scrape': {
        given: {
          up: '1x7 0x43 1x60',
          mcbot_start_timestamp: '-3600x7 stale _x43 775x60',
          ...breaker('0x7 stale _x43 0x60', '0x7 stale _x43 1x60'),
        },
        from: '13m',
        to: '26m',
        labels: critical,
        says: trippedBriefly,
      },
      'the count is 1 before and after a restart, and it was reset before the first scrape': {
        given: {
          up: '1x7 0x1 1x80',
          mcbot_start_timestamp: '-3600x7 stale _x1 140x80',
          ...breaker('0x7 stale _x1 0x80', '1x7 stale _x1 1x80'),
        },
        from: '2m30s',
        to: '15m30s',
        labels: critical,
        says: trippedBriefly,
      },
    },
    silent: {
      'the bot restarts': {
        up: '1x68',
        mcbot_start_timestamp: '-3600x7 120x60',
        ...breaker('0x68', '2x7 0x60'),
      },
      'Prometheus itself was down': {
        up: '1x7 stale _x43 1x60',
        mcbot_start_timestamp: '-3600x7 stale _x43 -3600x60',
        ...breaker('0x7 stale _x43 0x60', '2x7 stale _x43 2x60'),
      },
      'it stays open': { ...running(140), ...breaker('0x7 1x95 0x36', '2x7 3x132') },
    },
    healthy: { ...running(60), ...breaker('0x60', '2x60') },
  },
  RiskCritical: {
    fires: {
      'one finding is critical': {
        given: {
          ...running(90),
          ...findings('0x7 1x80'),
          'mcbot_risk_alerts_total{level="info", finding="position_size"}': '0+1x80',
        },
        from: '2m',
        to: '14m45s',
        labels: { ...critical, level: 'critical', finding: 'account_loss' },
        says: found,
      },
      'one finding is critical, and the process exits after one scrape': {
        given: {
          up: '1x8 0x80',
          mcbot_start_timestamp: '-3600x8 stale',
          ...findings('0x7 1 stale'),
        },
        from: '2m',
        to: '14m45s',
        labels: { ...critical, level: 'critical', finding: 'account_loss' },
        says: found,
      },
      'the first finding comes at the start, after eleven minutes down, and the process exits after one scrape': {
        given: {
          up: '1x7 0x43 1 0x60',
          mcbot_start_timestamp: '-3600x7 stale _x43 775 stale',
          ...findings('0x7 stale _x43 1 stale'),
        },
        from: '13m',
        to: '16m15s',
        labels: { ...critical, level: 'critical', finding: 'account_loss' },
        says: found,
      },
      'the count is 1 before and after a restart': {
        given: {
          up: '1x7 0x1 1x80',
          mcbot_start_timestamp: '-3600x7 stale _x1 140x80',
          ...findings('1x7 stale _x1 1x80'),
        },
        from: '2m30s',
        to: '15m30s',
        labels: { ...critical, level: 'critical', finding: 'account_loss' },
        says: found,
      },
      'its series begins with the first finding': {
        given: { ...running(140), ...findings('_x48 1x90') },
        from: '12m',
        to: '25m',
        labels: { ...critical, level: 'critical', finding: 'account_loss' },
        says: found,
      },
    },
    silent: {
      'findings of lower levels': {
        ...running(60),
        ...findings('1x60'),
        'mcbot_risk_alerts_total{level="warning", finding="strategy_loss"}': '0+1x60',
      },
      'the bot restarts': { up: '1x68', mcbot_start_timestamp: '-3600x7 120x60', ...findings('1x7 0x60') },
    },
    healthy: { ...running(60), ...findings('0x60') },
  },
  EventsDropped: {
    fires: {
      'a burst is dropped': {
        given: { ...running(68), mcbot_eventbus_events_dropped_total: '0x7 50x60' },
        from: '4m',
        to: '9m45s',
        labels: warning,
        says: dropping,
      },
      'its series begins with a burst': {
        given: { ...running(140), mcbot_eventbus_events_dropped_total: '_x48 50x90' },
        from: '14m',
        to: '20m',
        labels: warning,
        says: dropping,
      },
      'a burst is dropped before the first scrape': {
        given: {
          up: '1x7 0x43 1x60',
          mcbot_start_timestamp: '-3600x7 stale _x43 775x60',
          mcbot_eventbus_events_dropped_total: '0x7 stale _x43 50x60',
        },
        from: '15m',
        to: '21m',
        labels: warning,
        says: dropping,
      },
    },
    silent: {
      'the bot restarts': {
        up: '1x68',
        mcbot_start_timestamp: '-3600x7 120x60',
        mcbot_eventbus_events_dropped_total: '50x7 0x60',
      },
    },
    healthy: { ...running(60), mcbot_eventbus_events_dropped_total: '0x60' },
  },
}
