import { deviation, flag, gauge, score } from '../../language/metrics.ts'
import { strategy } from '../labels.ts'

/** Layer 8: what the detectors find in the daily returns of each strategy. */
export const anomaly = {
  gbm_drawdown_severity: gauge({
    help: 'Severity of the drawdown under geometric Brownian motion: 0 normal, 1 depth or duration beyond 95 %, 2 both.',
    unit: score,
    labels: { strategy },
    additive: false,
    initially: 0,
  }),
  distribution_p_value: gauge({
    help: 'Probability that recent and reference daily returns come from one distribution (Kolmogorov-Smirnov); absent below 30 samples.',
    unit: score,
    labels: { strategy },
    additive: false,
  }),
  ransac_decay_detected: gauge({
    help: 'Whether the cumulative return has a slope of zero or less and fell below its conformal bound.',
    unit: flag,
    labels: { strategy },
    additive: false,
    initially: 0,
    deviates: deviation(
      'mcbot_ransac_decay_detected is 1 where the slope is not positive or the level is breached, and the alert on it is critical',
      'The table of the detector calls one of the two a warning and both together critical: it is 1 where both hold, so that the critical alert means what the table says.',
    ),
  }),
  ransac_slope: gauge({
    help: 'Slope of the robust line through the cumulative return, per day; absent below 60 samples.',
    unit: score,
    labels: { strategy },
    additive: false,
  }),
}
