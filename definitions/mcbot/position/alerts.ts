import { alert, alerts, clamp_min, deviation, look, percent, run, score, text, usdt } from '../../language/index.ts'
import { strategy } from '../dashboards/strategy.ts'
import { trading } from '../dashboards/trading.ts'
import { down } from '../health/alerts.ts'
import { metrics } from '../series.ts'

/** The portfolio: how much is lost, and how much is at stake. */
export const position = alerts({
  HighDrawdown: alert({
    when: metrics.drawdown_pct.gt(percent(10)),
    for: '1m',
    severity: 'warning',
    thresholdIn: [trading.panels.drawdownNow],
    mutedBy: [down.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): the portfolio is ${value.percent} below its peak`,
    runbook: {
      said: '포트폴리오 손실이 고점 대비 10% 초과.',
      cause: 'The portfolio lost more than 10 % of its highest value.',
      steps: [
        look(trading.panels.unrealized, 'which position loses?'),
        'Is it one position, or does the whole market fall?',
        run('/kill', 'closes all positions, if it must be'),
        look(trading.panels.drawdown, 'sudden, or a long way?'),
        look(strategy.panels.drawdown, 'one strategy, or all?'),
      ],
    },
  }),
  LeverageHigh: alert({
    // Equity that is gone turns the sign of the figure.
    when: metrics.aggregate_leverage.gt(score(3)).or(metrics.aggregate_leverage.lt(score(0))),
    for: '5m',
    severity: 'warning',
    mutedBy: [down.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): positions are ${value} times the equity`,
    runbook: {
      cause:
        'All positions together are more than three times the equity: a move of a few percent costs a tenth of it.',
      steps: [
        look(trading.panels.leverage, 'since when?'),
        look(trading.panels.sizes, 'which position?'),
        'Reduce the largest position.',
      ],
    },
    deviates: deviation(
      'mcbot_aggregate_leverage is declared and never looked at',
      'Leverage decides how fast everything else happens.',
    ),
  }),
  MarginNearLimit: alert({
    // Equity of nothing or less is infinitely near.
    when: metrics.margin_used_usdt.div(clamp_min(metrics.equity_usdt, usdt(0))).gt(percent(80)),
    for: '2m',
    severity: 'critical',
    mutedBy: [down.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): ${value.percent} of the equity is margin: liquidation is near`,
    runbook: {
      cause: 'More than 80 % of the equity is held as margin: the exchange closes positions by itself soon.',
      steps: [
        look(trading.panels.margin, 'how fast does it rise?'),
        look(trading.panels.sizes, 'which position?'),
        'Reduce positions or add margin now.',
        run('/kill', 'closes all positions, if it must be'),
      ],
    },
    deviates: deviation(
      'mcbot_margin_used_usdt is declared and never looked at',
      'Liquidation is the dearest way to close a position.',
    ),
  }),
})
