import { alert, alerts, deviation, look, score, text } from '../../language/index.ts'
import { flag } from '../../language/metrics.ts'
import { strategy as board } from '../dashboards/strategy.ts'
import { down } from '../health/alerts.ts'
import { metrics } from '../series.ts'

const dayLong =
  'A `for` of a day starts again after every failed scrape and restart, and hardly ever ends: the day is the window of the expression, with 90 % of its samples.'

/** Strategies that are no longer what they were in the backtest. */
export const anomaly = alerts({
  StructuralDecay: alert({
    when: metrics.ransac_decay_detected.eq(flag(1)),
    for: '1d',
    severity: 'critical',
    thresholdIn: [board.panels.decayNow],
    mutedBy: [down.BotDown],
    summary: (l) => text`${l.bot} (${l.env}): the performance of ${l.strategy} decays for a day`,
    runbook: {
      said: 'RANSAC 기울기 <= 0 또는 conformal 하한 돌파 (1일 지속).',
      cause:
        'The robust slope of the cumulative return is not positive, and the return fell below its conformal bound, for a day.',
      steps: [
        look(board.panels.decay),
        look(board.panels.pnl, 'where does the cumulative return go?'),
        look(board.panels.gbm, 'does the drawdown say the same?'),
        'Consider to retire or replace the strategy.',
      ],
      deviates: deviation(
        'slope <= 0 or breach of the lower bound',
        'One of the two is a warning by the table of the detector, and the alert is critical: both.',
      ),
    },
    deviates: deviation('mcbot_ransac_decay_detected == 1, for 1d', dayLong),
  }),
  DistributionDrift: alert({
    when: metrics.distribution_p_value.lt(score(0.05)),
    for: '1d',
    severity: 'warning',
    thresholdIn: [board.panels.driftNow],
    mutedBy: [down.BotDown],
    summary: (l, value) =>
      text`${l.bot} (${l.env}): the returns of ${l.strategy} are not those of the backtest (p = ${value})`,
    runbook: {
      said: '라이브 수익률 분포가 백테스트 분포와 유의미하게 다름 (KS p < 0.05, 1일 지속).',
      cause: 'Live returns differ from the backtest (Kolmogorov-Smirnov, p < 0.05) for a day.',
      steps: [
        look(board.panels.drift, 'did the market change with it?'),
        'Consider to optimize the parameters again.',
        'If it lasts for more than a day, think about replacing the strategy.',
      ],
    },
    deviates: deviation('mcbot_distribution_p_value < 0.05, for 1d', dayLong),
  }),
  GBMDrawdownCritical: alert({
    when: metrics.gbm_drawdown_severity.gte(score(2)),
    for: '5m',
    severity: 'critical',
    thresholdIn: [board.panels.gbmNow],
    mutedBy: [down.BotDown],
    summary: (l) => text`${l.bot} (${l.env}): ${l.strategy} fell deeper and for longer than its model allows`,
    runbook: {
      cause: 'Depth and duration of the drawdown are both beyond what 95 % of the paths of the model show.',
      steps: [
        look(board.panels.gbm),
        look(board.panels.drawdown, 'how deep?'),
        look(board.panels.slope, 'does the trend agree?'),
        'Stop the strategy until somebody has looked at it.',
      ],
    },
    deviates: deviation(
      'the GBM Drawdown Monitor knows WARNING and CRITICAL, and no alert',
      'Each severity is an alert.',
    ),
  }),
  GBMDrawdownWarning: alert({
    // It fires on while it is critical, so that no RESOLVED is read when it gets worse.
    when: metrics.gbm_drawdown_severity.gte(score(1)),
    for: '5m',
    severity: 'warning',
    thresholdIn: [board.panels.gbmNow],
    mutedBy: [down.BotDown],
    summary: (l) => text`${l.bot} (${l.env}): ${l.strategy} fell deeper or for longer than its model allows`,
    runbook: {
      cause: 'Depth or duration of the drawdown is beyond what 95 % of the paths of the model show.',
      steps: [
        look(board.panels.gbm),
        look(board.panels.drawdown, 'does it recover?'),
        'Watch it: both together are critical.',
      ],
    },
    deviates: deviation(
      'the GBM Drawdown Monitor knows WARNING and CRITICAL, and no alert',
      'Each severity is an alert.',
    ),
  }),
})
