import { alert, alerts, clamp_min, deviation, look, percent, run, score, text, usdt } from '../../language/index.ts'
import { strategyDashboard } from '../dashboards/strategy.ts'
import { tradingDashboard } from '../dashboards/trading.ts'
import { downAlerts } from '../health/alerts.ts'
import { metrics } from '../series.ts'

/** The portfolio: losses, leverage and margin. */
export const positionAlerts = alerts({
  HighDrawdown: alert({
    when: metrics.drawdown_pct.gt(percent(10)),
    for: '1m',
    severity: 'warning',
    breaksQuiet: true,
    thresholdIn: [tradingDashboard.panels.drawdownNow],
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): the portfolio is ${value.percent} below its peak`,
    resolved: (l) => text`${l.bot} (${l.env}): the drawdown of the portfolio is below the limit again`,
    runbook: {
      said: '포트폴리오 손실이 고점 대비 10% 초과.',
      cause: 'The portfolio is more than 10 % below its peak.',
      steps: [
        look(tradingDashboard.panels.unrealized, 'which position is losing?'),
        'Check whether it is one position or the whole market.',
        run('/kill', 'closes all positions, as a last resort'),
        look(tradingDashboard.panels.drawdown, 'a sudden drop, or a slow decline?'),
        look(strategyDashboard.panels.drawdown, 'one strategy, or all?'),
      ],
    },
  }),
  LeverageHigh: alert({
    // Negative equity turns the sign of the ratio.
    when: metrics.aggregate_leverage.gt(score(3)).or(metrics.aggregate_leverage.lt(score(0))),
    for: '5m',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): account leverage is ${value}x`,
    resolved: (l) => text`${l.bot} (${l.env}): account leverage is below the limit again`,
    runbook: {
      cause:
        'Gross positions exceed three times the equity: a move of a few percent costs a tenth of it. A negative value means that the equity itself is negative.',
      steps: [
        look(tradingDashboard.panels.leverage, 'since when?'),
        look(tradingDashboard.panels.sizes, 'which position?'),
        'Reduce the largest position.',
      ],
    },
    deviates: deviation(
      'mcbot_aggregate_leverage is declared but never used',
      'Leverage decides how fast everything else happens.',
    ),
  }),
  MarginNearLimit: alert({
    // Zero or negative equity counts as infinitely close to the limit.
    when: metrics.margin_used_usdt.div(clamp_min(metrics.equity_usdt, usdt(0))).gt(percent(80)),
    for: '2m',
    severity: 'critical',
    breaksQuiet: true,
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) =>
      text`${l.bot} (${l.env}): ${value.percent} of the equity is used as margin: liquidation is near`,
    resolved: (l) => text`${l.bot} (${l.env}): less than 80 % of the equity is used as margin again`,
    runbook: {
      cause: 'More than 80 % of the equity is held as margin: the exchange is close to liquidating positions.',
      steps: [
        look(tradingDashboard.panels.margin, 'how fast is it rising?'),
        look(tradingDashboard.panels.sizes, 'which position?'),
        'Reduce positions or add margin now.',
        run('/kill', 'closes all positions, as a last resort'),
      ],
    },
    deviates: deviation(
      'mcbot_margin_used_usdt is declared but never used',
      'Liquidation is the most expensive way to close a position.',
    ),
  }),
})
