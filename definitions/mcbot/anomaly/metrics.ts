import { deviation, flag, gauge, score } from '../../language/metrics.ts'
import { strategy } from '../labels.ts'

/** Layer 8: what the detectors find in the daily returns of each strategy. */
export const anomalyMetrics = {
  gbm_drawdown_severity: gauge({
    help: 'Drawdown severity under geometric Brownian motion: 0 normal, 1 depth or duration beyond the 95 % range, 2 both.',
    unit: score,
    labels: { strategy },
    additive: false,
    initially: 0,
    mustBeSetWithin: '5m',
  }),
  distribution_p_value: gauge({
    help: 'Kolmogorov-Smirnov p-value for recent against reference daily returns, low if they differ; absent below 30 samples.',
    unit: score,
    labels: { strategy },
    additive: false,
    mayBeAbsent: { for: '30d', because: 'the test needs 30 daily returns of the strategy' },
  }),
  ransac_decay_detected: gauge({
    help: 'Whether the cumulative return has a slope of zero or less and is below its conformal bound.',
    unit: flag,
    labels: { strategy },
    additive: false,
    initially: 0,
    mustBeSetWithin: '5m',
    deviates: deviation(
      'mcbot_ransac_decay_detected is 1 if the slope is not positive or the level is breached, and its alert is critical',
      'The detector’s table rates either one as a warning and both together as critical: the metric is 1 only if both hold, so the critical alert means what the table says.',
    ),
  }),
  ransac_decay_severity: gauge({
    help: 'Severity of structural decay: 0 none, 1 the cumulative return has a slope of zero or less or is below its conformal bound, 2 both.',
    unit: score,
    labels: { strategy },
    additive: false,
    initially: 0,
    mustBeSetWithin: '5m',
    deviates: deviation(
      'the detector rates either one as a warning, but mcbot_ransac_decay_detected is one flag',
      'A flag cannot hold two levels: mcbot_ransac_decay_severity has those of the table, like mcbot_gbm_drawdown_severity.',
    ),
  }),
  ransac_slope: gauge({
    help: 'Daily slope of the robust (RANSAC) line through the cumulative return; absent below 60 samples.',
    unit: score,
    labels: { strategy },
    additive: false,
  }),
}
