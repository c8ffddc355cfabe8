import { scenario } from '../language/index.ts'
import { outageAlerts } from './exchange/outage.ts'
import { dailyLossAlerts, drawdownAlerts } from './position/alerts.ts'

/** What happens to the bot in operation, and how often its owner may be notified. */
export const scenarios = Object.freeze({
  idleNight: scenario({
    title: 'An idle night',
    happens: 'The bot waits for a signal: streams and hourly bars arrive, nothing is traded.',
    lasts: '8h',
    budget: { messages: 0 },
  }),
  ordinaryDay: scenario({
    title: 'An ordinary day',
    happens:
      'Five fills, hourly and daily bars, three funding times, and streams that the exchange closes after 24 hours; one coin has no on-chain data.',
    lasts: '25h',
    budget: { messages: 0 },
  }),
  week: scenario({
    title: 'A week',
    happens:
      'Seven days with about five fills each, except for a weekend of thin trading; every day has hourly and daily bars, three funding times, and streams that the exchange closes after 24 hours. There is a deploy on Friday, a restart on Monday, and a withdrawal on Tuesday; one coin has no on-chain data.',
    lasts: '7d',
    budget: { messages: 0 },
  }),
  warmUp: scenario({
    title: 'A slow warm-up',
    happens: 'The bot starts, and connects the streams of fifty symbols one after another.',
    lasts: '3m',
    budget: { messages: 0 },
  }),
  deploy: scenario({
    title: 'A deploy',
    happens: '`make up` replaces the bot, which then warms up for three minutes.',
    lasts: '90s',
    budget: { messages: 0 },
  }),
  restart: scenario({
    title: 'A restart of the bot',
    happens: 'The process ends unannounced and starts again; it warms up for three minutes.',
    lasts: '20s',
    budget: { messages: 0 },
  }),
  maintenance: scenario({
    title: 'Exchange maintenance',
    happens: 'The exchange closes all streams and fails every call; the bot tries to reconnect.',
    lasts: '2h',
    budget: { messages: 3, reports: [outageAlerts.ExchangeUnreachable] },
  }),
  withdrawal: scenario({
    title: 'A withdrawal',
    happens: 'A fifth of the equity is withdrawn, and deposited again an hour later.',
    lasts: '1h',
    budget: { messages: 0 },
  }),
  crash: scenario({
    title: 'A crash',
    happens: 'All prices fall by 15 % while the bot is long with its whole equity.',
    lasts: '10m',
    budget: {
      messages: 4,
      first: { of: Object.values(dailyLossAlerts), within: '60s' },
      reports: [dailyLossAlerts.DailyLossHigh, dailyLossAlerts.DailyLossCritical, drawdownAlerts.HighDrawdown],
    },
  }),
  fall: scenario({
    title: 'A fall that does not end',
    happens: 'All prices fall by 46 % while the bot is long with its whole equity.',
    lasts: '30m',
    budget: {
      messages: 6,
      first: { of: Object.values(dailyLossAlerts), within: '60s' },
      reports: [
        dailyLossAlerts.DailyLossHigh,
        dailyLossAlerts.DailyLossCritical,
        drawdownAlerts.HighDrawdown,
        drawdownAlerts.DrawdownCritical,
        drawdownAlerts.DrawdownSevere,
      ],
    },
  }),
})
