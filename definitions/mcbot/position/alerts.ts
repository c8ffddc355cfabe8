import {
  act,
  alert,
  alerts,
  decide,
  deviation,
  look,
  percent,
  score,
  text,
  tier,
  tiers,
  usdt,
} from '../../language/index.ts'
import { strategyDashboard } from '../dashboards/strategy.ts'
import { tradingDashboard } from '../dashboards/trading.ts'
import { flattenByHand, lastResort } from '../flatten.ts'
import { downAlerts } from '../health/alerts.ts'
import { limits, shareOf } from '../limits.ts'
import { metrics } from '../series.ts'

const neverAlerted = (what: string) => deviation(`no alert for ${what}`, 'It costs money, and nobody is notified.')

/** The loss from the peak, which is notified again as it gets worse. */
export const drawdownAlerts = tiers(
  {
    DrawdownSevere: tier('critical', limits.drawdown.severe),
    DrawdownCritical: tier('critical', limits.drawdown.critical),
    HighDrawdown: tier('warning', limits.drawdown.warning),
  },
  ({ severity, limit }) =>
    alert({
      when: metrics.drawdown_pct.gt(limit),
      // a single bad mark price must not wake anybody, and the seed waits for a minute before it warns
      for: severity === 'critical' ? '30s' : '1m',
      severity,
      breaksQuiet: true,
      thresholdIn: [tradingDashboard.panels.drawdownNow],
      mutedBy: [downAlerts.BotDown],
      summary: (_, value) => text`the portfolio is ${value.percent} below its peak, limit ${shareOf(limit)} %`,
      resolved: () => text`the portfolio is less than ${shareOf(limit)} % below its peak again`,
      runbook: {
        ...(severity === 'warning' ? { said: '포트폴리오 손실이 고점 대비 10% 초과.' } : {}),
        cause: `The portfolio is more than ${shareOf(limit)} % below its peak.`,
        steps: [
          lastResort,
          flattenByHand,
          look(tradingDashboard.panels.unrealized, 'one position, or all of them with the market?'),
          look(tradingDashboard.panels.drawdown, 'a sudden drop, or a slow decline?'),
          look(strategyDashboard.panels.drawdown, 'one strategy, or all?'),
        ],
      },
      ...(severity === 'critical' ? { deviates: neverAlerted('a drawdown that gets worse') } : {}),
    }),
)

/** The loss since the trading day began. */
export const dailyLossAlerts = tiers(
  {
    DailyLossCritical: tier('critical', limits.dailyLoss.critical),
    DailyLossHigh: tier('warning', limits.dailyLoss.warning),
  },
  ({ severity, limit }) =>
    alert({
      when: metrics.today_return_pct.times(-1).gt(limit),
      for: '30s',
      severity,
      breaksQuiet: true,
      mutedBy: [downAlerts.BotDown],
      summary: (_, value) =>
        text`${value.percent} of the equity is lost since the day began, limit ${shareOf(limit)} %`,
      resolved: () => text`less than ${shareOf(limit)} % of the equity is lost today`,
      runbook: {
        cause: `More than ${shareOf(limit)} % of the equity that the trading day began with is lost.`,
        steps: [
          lastResort,
          flattenByHand,
          look(tradingDashboard.panels.unrealized, 'which position is losing?'),
          look(tradingDashboard.panels.today, 'a sudden drop, or a slow decline?'),
          decide('Decide whether the bot may go on trading today.'),
        ],
      },
      deviates: neverAlerted('the loss of a day, although the dashboard shows it'),
    }),
)

/** The leverage of the account. */
export const leverageAlerts = tiers(
  {
    LeverageCritical: tier('critical', limits.leverage.critical),
    LeverageHigh: tier('warning', limits.leverage.warning),
  },
  ({ severity, limit }) =>
    alert({
      // Negative equity turns the sign of the ratio.
      when: metrics.aggregate_leverage.gt(limit).or(metrics.aggregate_leverage.lt(score(0))),
      for: severity === 'critical' ? '1m' : '5m',
      severity,
      breaksQuiet: severity === 'critical',
      mutedBy: [downAlerts.BotDown],
      summary: (_, value) =>
        text`account leverage is ${value}x, limit ${limit.value}x; below zero, the equity is negative`,
      resolved: () => text`account leverage is below ${limit.value}x again`,
      runbook: {
        cause: `Gross positions exceed ${limit.value} times the equity: a move of ${Math.round(100 / limit.value)} % against them costs all of it. A negative value means that the equity itself is negative.`,
        steps: [
          act('Reduce the largest position.'),
          flattenByHand,
          look(tradingDashboard.panels.sizes, 'which position?'),
          look(tradingDashboard.panels.leverage, 'since when?'),
        ],
      },
      deviates: deviation(
        'mcbot_aggregate_leverage is declared but never used',
        'Leverage decides how fast everything else happens.',
      ),
    }),
)

const used = metrics.margin_used_usdt.div(metrics.equity_usdt)

/** The portfolio: what the exchange holds for its positions. */
export const positionAlerts = alerts({
  MarginNearLimit: alert({
    // Negative equity turns the sign of the ratio; without any it is undefined, which LeverageCritical reports.
    when: used
      .gt(limits.marginUsed)
      .or(used.lt(percent(0)))
      .unless(metrics.equity_usdt.eq(usdt(0))),
    for: '2m',
    severity: 'critical',
    breaksQuiet: true,
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) =>
      text`${value.percent} of the equity is used as margin, limit ${shareOf(limits.marginUsed)} %`,
    resolved: `less than ${shareOf(limits.marginUsed)} % of the equity is used as margin again`,
    runbook: {
      cause: `The exchange holds more than ${shareOf(limits.marginUsed)} % of the equity as margin: little is left for losses. How close liquidation is depends on the leverage of each position. A negative value means that the equity itself is negative.`,
      steps: [
        act('Reduce positions or add margin now.'),
        lastResort,
        flattenByHand,
        look(tradingDashboard.panels.sizes, 'which position, and how far is it from liquidation?'),
        look(tradingDashboard.panels.margin, 'how fast is it rising?'),
      ],
    },
    deviates: deviation(
      'mcbot_margin_used_usdt is declared but never used',
      'Liquidation is the most expensive way to close a position.',
    ),
  }),
})
