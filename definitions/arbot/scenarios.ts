import { scenario } from '../language/index.ts'
import { moneyAlerts } from './account/money.ts'
import { connectionAlerts } from './exchange/connection.ts'
import { downAlerts } from './health/down.ts'
import { heartbeatAlerts } from './health/heartbeat.ts'
import { unhedgedAlerts } from './legs/unhedged.ts'

/** What happens to the bot in operation, and how often its owner may be notified. */
export const scenarios = Object.freeze({
  ordinaryNight: scenario({
    title: 'An ordinary night',
    happens:
      'A round trip each minute, a call that times out every hour, many spreads below the minimum edge, and each socket is closed once by its exchange.',
    lasts: '8h',
    budget: { messages: 0 },
  }),
  restart: scenario({
    title: 'A restart of the bot',
    happens: 'The process ends unannounced and starts again.',
    lasts: '20s',
    budget: { messages: 0 },
  }),
  maintenance: scenario({
    title: 'Maintenance of an exchange',
    happens:
      'One of two exchanges is gone for an hour: its stream is closed, its quotes are old, and the books are not compared with it.',
    lasts: '1h',
    budget: {
      // with the reminder of a critical alert after an hour
      messages: 5,
      critical: 3,
      first: { of: [connectionAlerts.ExchangeConnectionLost, connectionAlerts.ExchangeDisconnected], within: '90s' },
      reports: [connectionAlerts.ExchangeDisconnected],
    },
  }),
  unhedged: scenario({
    title: 'A leg without its counter-leg',
    happens: 'A leg of 8 % of the capital is filled, and its counter-leg only ten minutes later.',
    lasts: '10m',
    budget: {
      messages: 4,
      critical: 2,
      first: { of: [unhedgedAlerts.LegUnhedged], within: '60s' },
      reports: [unhedgedAlerts.LegUnhedged],
    },
  }),
  loss: scenario({
    title: 'The daily loss limit',
    happens:
      'The limit is reached twenty minutes before midnight, and somebody resumes trading twenty minutes after it.',
    lasts: '40m',
    budget: {
      messages: 2,
      first: { of: [moneyAlerts.DailyLossLimitReached], within: '60s' },
      reports: [moneyAlerts.DailyLossLimitReached],
    },
  }),
  freeze: scenario({
    title: 'A bot that hangs',
    happens:
      'The main loop stops, and the endpoint answers. After two minutes the watchdog restarts the bot, which then works.',
    lasts: '2m',
    budget: {
      messages: 2,
      first: { of: [heartbeatAlerts.HeartbeatMissed], within: '60s' },
      reports: [heartbeatAlerts.HeartbeatMissed],
    },
  }),
  down: scenario({
    title: 'A bot that stays down',
    happens: 'The process ends, and nothing starts it again for half an hour.',
    lasts: '30m',
    budget: { messages: 2, first: { of: [downAlerts.BotDown], within: '60s' }, reports: [downAlerts.BotDown] },
  }),
})
