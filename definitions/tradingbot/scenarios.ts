import { scenario } from '../language/index.ts'
import { staleAlerts } from './account/books.ts'
import { moneyAlerts } from './account/money.ts'
import { apiErrorAlerts } from './exchange/errors.ts'
import { downAlerts } from './health/down.ts'
import { heartbeatAlerts } from './health/heartbeat.ts'

const { DrawdownExceeded, BalanceDrop } = moneyAlerts

/** What happens to the bot in operation, and how often its owner may be notified. */
export const scenarios = Object.freeze({
  idleNight: scenario({
    title: 'An idle night',
    happens: 'The bot waits for a signal: the balance is read, and nothing is traded.',
    lasts: '8h',
    budget: { messages: 0 },
  }),
  ordinaryDay: scenario({
    title: 'An ordinary day',
    happens: 'Five fills, a single call that times out every hour, and a trading day that begins at midnight.',
    lasts: '25h',
    budget: { messages: 0 },
  }),
  restart: scenario({
    title: 'A restart of the bot',
    happens: 'The process ends unannounced and starts again.',
    lasts: '20s',
    budget: { messages: 0 },
  }),
  withdrawal: scenario({
    title: 'A withdrawal',
    happens: 'A fifth of the balance is withdrawn: peak and opening balance of the day go down with it.',
    lasts: '1h',
    budget: { messages: 0 },
  }),
  loss: scenario({
    title: 'A loss of a day',
    happens: 'The balance falls by 4 % and stays there until the next day begins.',
    lasts: '2h',
    budget: { messages: 4, first: { of: [BalanceDrop], within: '60s' }, reports: [BalanceDrop] },
  }),
  crash: scenario({
    title: 'A crash',
    happens: 'The balance falls by 8 % within ten minutes.',
    lasts: '10m',
    budget: {
      messages: 2,
      first: { of: [BalanceDrop, DrawdownExceeded], within: '60s' },
      reports: [BalanceDrop, DrawdownExceeded],
    },
  }),
  freeze: scenario({
    title: 'A bot that hangs',
    happens:
      'The main loop stops, and the endpoint answers. After four minutes the watchdog restarts the bot, which then works.',
    lasts: '4m',
    budget: {
      messages: 2,
      first: { of: [heartbeatAlerts.HeartbeatMissed], within: '60s' },
      reports: [heartbeatAlerts.HeartbeatMissed],
    },
  }),
  outage: scenario({
    title: 'Exchange maintenance',
    happens: 'Every call fails for an hour: the balance is not read, nothing is traded, and the bot tries again.',
    lasts: '1h',
    budget: { messages: 4, critical: 2, reports: [apiErrorAlerts.ApiErrorSpike, staleAlerts.BalanceStale] },
  }),
  down: scenario({
    title: 'A bot that stays down',
    happens: 'The process ends, and nothing starts it again for half an hour.',
    lasts: '30m',
    budget: { messages: 2, first: { of: [downAlerts.BotDown], within: '60s' }, reports: [downAlerts.BotDown] },
  }),
})
