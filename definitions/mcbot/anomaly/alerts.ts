import { act, alert, alerts, decide, deviation, look, score, text, tier, tiers } from '../../language/index.ts'
import { flag } from '../../language/metrics.ts'
import { strategyDashboard } from '../dashboards/strategy.ts'
import { downAlerts } from '../health/alerts.ts'
import { metrics } from '../series.ts'

const dayLong =
  'A `for` of a day restarts at every failed scrape and every bot restart, and hardly ever completes: the day is the window of the expression instead, with 90 % of its samples.'

const gbmWords = {
  both: {
    finding: 'deeper and longer than its model allows',
    over: 'no longer both deeper and longer than its model allows',
    cause: 'Both the depth and the duration of the drawdown exceed the 95 % range of the model.',
    steps: [
      look(strategyDashboard.panels.drawdown, 'how deep?'),
      look(strategyDashboard.panels.slope, 'does the trend agree?'),
      act('Stop the strategy until someone has reviewed it.'),
    ],
  },
  either: {
    finding: 'deeper or longer than its model allows',
    over: 'within its model again',
    cause: 'The depth or the duration of the drawdown exceeds the 95 % range of the model.',
    steps: [
      look(strategyDashboard.panels.drawdown, 'is it recovering?'),
      decide('Keep watching it: both together are critical.'),
    ],
  },
} as const

/** Strategies that no longer perform as in the backtest. */
export const anomalyAlerts = alerts({
  StructuralDecay: alert({
    when: metrics.ransac_decay_detected.eq(flag(1)),
    for: '1d',
    severity: 'critical',
    // the finding changes once a day
    remindEvery: '1d',
    mutedBy: [downAlerts.BotDown],
    summary: (l) => text`strategy ${l.strategy} has been in structural decay for a day`,
    resolved: (l) => text`strategy ${l.strategy} has not been in structural decay for the whole last day`,
    runbook: {
      said: 'RANSAC 기울기 <= 0 또는 conformal 하한 돌파 (1일 지속).',
      cause:
        'For a day, the robust (RANSAC) slope of the cumulative return has not been positive, and the return has been below its conformal bound.',
      steps: [
        look(strategyDashboard.panels.decay),
        look(strategyDashboard.panels.pnl, 'where is the cumulative return heading?'),
        look(strategyDashboard.panels.gbm, 'does the drawdown confirm it?'),
        decide('Consider retiring or replacing the strategy.'),
      ],
      deviates: deviation(
        'slope <= 0 or breach of the lower bound',
        'The detector’s table rates either one as a warning, and this alert is critical: it needs both.',
      ),
    },
    deviates: deviation('mcbot_ransac_decay_detected == 1, for 1d', dayLong),
  }),
})

/** The half of the table that is a warning: muted by the other half. */
export const decayWarningAlerts = alerts({
  StructuralDecayWarning: alert({
    when: metrics.ransac_decay_severity.gte(score(1)),
    for: '1d',
    severity: 'warning',
    remindEvery: '1d',
    thresholdIn: [strategyDashboard.panels.decayNow],
    mutedBy: [downAlerts.BotDown, anomalyAlerts.StructuralDecay],
    summary: (l) => text`strategy ${l.strategy} has shown a sign of structural decay for a day`,
    resolved: (l) => text`strategy ${l.strategy} has not shown a sign of structural decay for the whole last day`,
    runbook: {
      cause:
        'For a day, the robust (RANSAC) slope of the cumulative return has not been positive, or the return has been below its conformal bound. Both together are critical.',
      steps: [
        look(strategyDashboard.panels.slope, 'is it the slope, or only the last days?'),
        look(strategyDashboard.panels.pnl, 'where is the cumulative return heading?'),
        look(strategyDashboard.panels.decay, 'since when?'),
        decide('Give it less capital, or keep watching it.'),
      ],
    },
    deviates: deviation('slope <= 0 OR level breach is WARNING, but has no alert', dayLong),
  }),
})

/** How surely the returns differ from the backtest. */
export const driftAlerts = tiers(
  {
    DistributionDriftCritical: tier('critical', score(0.01)),
    DistributionDrift: tier('warning', score(0.05)),
  },
  ({ severity, limit }) =>
    alert({
      when: metrics.distribution_p_value.lt(limit),
      for: '1d',
      severity,
      remindEvery: '1d',
      thresholdIn: [strategyDashboard.panels.driftNow],
      mutedBy: [downAlerts.BotDown],
      summary: (l, value) =>
        text`returns of strategy ${l.strategy} no longer match the backtest (p = ${value}, limit ${limit.value})`,
      resolved: (l) =>
        text`returns of strategy ${l.strategy} no longer differ from the backtest at p < ${limit.value}, or are no longer reported`,
      runbook: {
        ...(severity === 'warning'
          ? { said: '라이브 수익률 분포가 백테스트 분포와 유의미하게 다름 (KS p < 0.05, 1일 지속).' }
          : {}),
        cause: `Live returns have differed from the backtest for a day (Kolmogorov-Smirnov test, p < ${limit.value}).`,
        steps: [
          look(strategyDashboard.panels.drift, 'did the market change at the same time?'),
          severity === 'critical'
            ? act('Stop the strategy until someone has reviewed it: the backtest no longer says what it will do.')
            : decide('Consider re-optimizing the parameters.'),
          decide('If it lasts another day, consider replacing the strategy.'),
        ],
      },
      deviates: deviation(
        severity === 'critical'
          ? 'p-value < 0.01 is CRITICAL in the detector’s table, but has no alert'
          : 'mcbot_distribution_p_value < 0.05, for 1d',
        dayLong,
      ),
    }),
)

/** The drawdown of a strategy against its model: muted warnings keep firing, so that nobody reads RESOLVED when it gets worse. */
export const gbmAlerts = tiers(
  { GBMDrawdownCritical: tier('critical', score(2)), GBMDrawdownWarning: tier('warning', score(1)) },
  ({ severity, limit }) => {
    const words = severity === 'critical' ? gbmWords.both : gbmWords.either
    return alert({
      when: metrics.gbm_drawdown_severity.gte(limit),
      for: '5m',
      severity,
      remindEvery: '1d',
      thresholdIn: [strategyDashboard.panels.gbmNow],
      mutedBy: [downAlerts.BotDown],
      summary: (l) => text`the drawdown of strategy ${l.strategy} is ${words.finding}`,
      resolved: (l) => text`the drawdown of strategy ${l.strategy} is ${words.over}`,
      runbook: {
        cause: words.cause,
        steps: [look(strategyDashboard.panels.gbm), ...words.steps],
      },
      deviates: deviation(
        'the GBM Drawdown Monitor has the levels WARNING and CRITICAL, but no alerts',
        'Each level has its own alert.',
      ),
    })
  },
)
