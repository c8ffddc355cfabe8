import {
  ageOf,
  alert,
  alerts,
  check,
  decide,
  deviation,
  figure,
  look,
  round,
  seconds,
  text,
} from '../../language/index.ts'
import { monitor } from '../dashboards/monitor.ts'
import { flattenByHand } from '../flatten.ts'
import { downAlerts } from '../health/down.ts'
import { limits } from '../limits.ts'
import { metrics } from '../series.ts'

const balanceAge = figure(round(ageOf(metrics.balance_timestamp), seconds(1)), '?').duration
// a stale balance does not end these alerts: that would be false comfort
const isCurrent = look(
  monitor.panels.readAges,
  'is the balance current? If it is older than a few minutes, trust the exchange’s app only',
)
const kept =
  'The cooldown of 600 s is five minutes: one of a critical alert also delays its RESOLVED. While it lasts, the document repeats it every ten minutes; here it is sent once, and reminders follow.'

/** Money that is lost. */
export const moneyAlerts = alerts({
  DrawdownExceeded: alert({
    when: metrics.max_drawdown.lt(limits.drawdown),
    // a single bad mark price must not wake anybody
    for: '30s',
    severity: 'critical',
    cooldown: '5m',
    // a drawdown lasts until there is a new peak, which can take weeks
    remindEvery: '6h',
    breaksQuiet: true,
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) =>
      text`drawdown ${value.percent} from the peak, limit ${limits.drawdown.value} % (balance read ${balanceAge} ago)`,
    resolved: `the balance is less than ${-limits.drawdown.value} % below its peak again`,
    runbook: {
      said: 'MDD 초과',
      cause: `The balance is more than ${-limits.drawdown.value} % below its highest value so far. Deposits and withdrawals do not count. The balance contains unrealized PnL.`,
      steps: [
        flattenByHand,
        look(monitor.panels.drawdown, 'a sudden drop, or a slow decline?'),
        look(monitor.panels.unrealized, 'is the loss still open, or realized?'),
        isCurrent,
        check('positions at the exchange', 'does each have its stop?'),
        decide('Decide whether the bot may go on trading.'),
      ],
    },
    deviates: deviation(
      'MDD 초과: (balance − peak) / peak < −0.05, with a peak that nothing sets',
      `A missing peak defaults to the balance, so the drawdown is 0 forever and the rule never fires. The threshold is kept; the bot keeps the peak across restarts and adjusts it for transfers. It must hold for 30 seconds, which is less than the document’s check interval of a minute. ${kept} The reminder comes every six hours.`,
    ),
  }),
  BalanceDrop: alert({
    when: metrics.daily_pnl_pct.lt(limits.dailyPnl),
    for: '30s',
    severity: 'critical',
    cooldown: '5m',
    breaksQuiet: true,
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) =>
      text`today’s PnL is ${value.percent} of the balance, limit ${limits.dailyPnl.value} % (balance read ${balanceAge} ago)`,
    resolved: `today’s loss is less than ${-limits.dailyPnl.value} % of the balance, or a new trading day has begun`,
    runbook: {
      said: '잔고 급감',
      cause: `More than ${-limits.dailyPnl.value} % of the balance that the trading day began with is lost. The day begins at midnight UTC. Deposits and withdrawals do not count.`,
      steps: [
        flattenByHand,
        look(monitor.panels.today, 'a sudden drop, or a slow decline?'),
        look(monitor.panels.unrealized, 'is the loss still open, or realized?'),
        isCurrent,
        decide('Decide whether the bot may go on trading today.'),
      ],
    },
    deviates: deviation(
      '잔고 급감: −3 % against the previous day, checked every minute; balance_drop has no branch in check_alerts',
      `The rule never fires. The threshold is kept; the balance at the beginning of the bot’s own trading day is kept across restarts and adjusted for transfers. ${kept} The reminder comes every hour.`,
    ),
  }),
})
