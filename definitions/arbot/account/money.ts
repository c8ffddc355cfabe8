import { alert, alerts, check, decide, deviation, figure, look, max, text } from '../../language/index.ts'
import { flag } from '../../language/metrics.ts'
import { forgotten, ruleOf } from '../alert-deviations.ts'
import { overview } from '../dashboards/overview.ts'
import { risk } from '../dashboards/risk.ts'
import { system } from '../dashboards/system.ts'
import { flattenByHand } from '../flatten.ts'
import { downAlerts } from '../health/down.ts'
import { limits } from '../limits.ts'
import { metrics } from '../series.ts'

const isHalted = max(metrics.trading_halted.where({ reason: 'daily_loss' }))
  .by('instance', 'job')
  .eq(flag(1))

/** Money that is lost, and trading that stops because of it. */
export const moneyAlerts = alerts({
  DailyLossLimitReached: alert({
    when: metrics.pnl_daily_usd
      .lte(metrics.daily_loss_limit_usd.times(-1))
      // midnight begins a new day, and does not resume trading
      .or(metrics.pnl_daily_usd.and(isHalted)),
    severity: 'critical',
    breaksQuiet: true,
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) =>
      text`the daily loss limit of ${figure(metrics.daily_loss_limit_usd, '?').fixed} is reached: today’s PnL is ${value.fixed}`,
    resolved: 'today’s loss is below the limit, and trading is no longer halted because of it',
    runbook: {
      said: '일일 손실 한도 도달',
      cause:
        'The loss of the trading day, which begins at 00:00 UTC, has reached the bot’s own limit. The bot opens no new round trips. As long as it is halted because of the loss, the alert stays, also after midnight: today’s PnL then counts from zero.',
      steps: [
        flattenByHand,
        look(risk.panels.loss, 'a single round trip, or one after another?'),
        look(risk.panels.shortfall, 'are edges not realized?'),
        look(risk.panels.unhedged, 'is a leg without its counter-leg?'),
        look(system.panels.legs, 'which legs lost?'),
        decide('Decide whether the bot may go on trading, and let it.'),
      ],
    },
    deviates: deviation(
      'arbot_pnl_daily_usd < -500 for 0m, with the value as it is in the message',
      '“Reached” includes the limit itself. It is the bot’s own limit, as a metric: a number in a rule drifts apart from the one that stops the bot. A gauge that begins again at midnight resolves by itself while trading is halted, so the halt counts, too. The message has two decimals, not sixteen.',
    ),
  }),
  DrawdownExceeded: alert({
    when: metrics.drawdown_pct.gt(limits.drawdown),
    // a single bad price must not wake anybody
    for: '30s',
    severity: 'critical',
    // a drawdown lasts until there is a new peak, which can take weeks
    remindEvery: '6h',
    breaksQuiet: true,
    thresholdIn: [overview.panels.drawdownNow],
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) => text`drawdown ${value.percent} from the peak, limit ${limits.drawdown.value} %`,
    resolved: `the capital is at most ${limits.drawdown.value} % below its peak again`,
    runbook: {
      said: '5% 초과',
      cause: `The capital is more than ${limits.drawdown.value} % below its highest value so far. Deposits and withdrawals do not count. An arbitrage bot loses that much by unhedged legs, by fees above its edges, or by a rate that was wrong.`,
      steps: [
        flattenByHand,
        look(overview.panels.drawdown, 'a sudden drop, or a slow decline?'),
        look(risk.panels.exposure, 'does it have a position in one direction?'),
        look(risk.panels.rateDeviation, 'is a reference rate wrong? Then the loss may not exist'),
        check('the capital on each exchange', 'is it what the bot reports?'),
        decide('Decide whether the bot may go on trading.'),
      ],
    },
    deviates: ruleOf('5% 초과', 'It must hold for 30 seconds, so that a single bad price wakes nobody.'),
  }),
  TradingHalted: alert({
    when: metrics.trading_halted.where({ reason: ['drawdown', 'manual'] }).eq(flag(1)),
    for: '1m',
    severity: 'warning',
    cooldown: '1h',
    remindEvery: '1d',
    mutedBy: [downAlerts.BotDown],
    summary: (l) => text`the bot opens no new round trips, reason: ${l.reason}`,
    resolved: (l) => text`the bot is no longer halted (${l.reason})`,
    runbook: {
      cause:
        'The bot is halted by its own limit of the drawdown, or by a person (manual). It completes legs that are open. Halts because of the daily loss and the circuit breaker have alerts of their own.',
      steps: [
        look(risk.panels.halted, 'since when, and why?'),
        look(overview.panels.drawdown, 'has the drawdown recovered?'),
        decide('If somebody halted it for maintenance, resume trading when that is over.'),
      ],
    },
    deviates: forgotten('halted trading', 'A bot that was halted and forgotten looks like one that finds no signals.'),
  }),
  WinRateLow: alert({
    when: metrics.win_rate.lt(limits.winRate),
    for: '10m',
    severity: 'warning',
    cooldown: '6h',
    // a hundred round trips can take days
    remindEvery: '1d',
    thresholdIn: [overview.panels.winRate],
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) =>
      text`${value.percent} of the last round trips ended with a profit, limit ${limits.winRate.value} %`,
    resolved: 'at least half of the last round trips ended with a profit again, or there are too few of them',
    runbook: {
      said: '50% 미만',
      cause:
        'Fewer than half of the last 100 round trips earned anything after fees. With fewer than 20 round trips there is no win rate, and no alert.',
      steps: [
        look(risk.panels.shortfall, 'which strategy does not realize its edge?'),
        look(risk.panels.fees, 'did fees rise?'),
        look(risk.panels.roundTrips, 'many small losses, or a few?'),
        decide('Raise the minimum edge, or switch the strategy off.'),
      ],
    },
    deviates: ruleOf(
      '50% 미만',
      'A win rate that crosses the limit with each round trip would send a message each time: it must hold for ten minutes.',
    ),
  }),
})
