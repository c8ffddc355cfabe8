import type { Proofs } from '../case.ts'
import { target } from './target.ts'

const strategy = 'trend'
const of = (metric: string, which = strategy) => `mcbot_${metric}{strategy="${which}"}`
const critical = { ...target, strategy, severity: 'critical' }
const warning = { ...target, strategy, severity: 'warning' }

// A day has 8640 scrapes: one healthy hour, then the rest, of which a tenth may be missing.
const day = (healthy: string, ill: string, missing: number, illAfter: number) =>
  `${healthy}x359 ${ill}x99 _x${missing} ${ill}x${illAfter} ${healthy}x40`

/** Strategies that no longer behave as in the backtest. */
export const anomalyProofs: Proofs = {
  StructuralDecay: {
    every: '10s',
    evaluate: '15m',
    fires: {
      'it decays for a day, with a tenth of the scrapes missing': {
        given: {
          [of('ransac_decay_detected')]: day('0', '1', 864, 8035),
          [of('ransac_decay_detected', 'breakout')]: '0x9400',
        },
        from: '25h',
        to: '26h15m',
        labels: critical,
        says: 'strategy trend has been in structural decay for a day',
      },
    },
    silent: {
      'more than a tenth of the scrapes are missing': { [of('ransac_decay_detected')]: day('0', '1', 865, 7734) },
      'it recovers once in the day': { [of('ransac_decay_detected')]: '1x4000 0 1x8000' },
    },
    healthy: { [of('ransac_decay_detected')]: '0x700' },
  },
  StructuralDecayWarning: {
    every: '10s',
    evaluate: '15m',
    fires: {
      'one of the two signs for a day, then both': {
        given: {
          [of('ransac_decay_severity')]: '0x359 1x4000 2x4998 0x40',
          [of('ransac_decay_severity', 'breakout')]: '0x9400',
        },
        from: '25h',
        to: '26h15m',
        labels: warning,
        says: 'strategy trend has shown a sign of structural decay for a day',
      },
    },
    silent: { 'it recovers once in the day': { [of('ransac_decay_severity')]: '1x4000 0 1x8000' } },
    healthy: { [of('ransac_decay_severity')]: '0x700' },
  },
  DistributionDriftCritical: {
    every: '10s',
    evaluate: '15m',
    fires: {
      'it drifts for a day, with a tenth of the scrapes missing': {
        given: {
          [of('distribution_p_value')]: day('0.03', '0.0099', 864, 8035),
          [of('distribution_p_value', 'breakout')]: '0.02x9400',
        },
        from: '25h',
        to: '26h15m',
        labels: critical,
        says: 'returns of strategy trend no longer match the backtest (p = 0.0099, limit 0.01)',
      },
      'a gap of five hours does not end it, a better sample after it does': {
        given: { [of('distribution_p_value')]: '0.0099x8999 _x1800 0.0099x2000 0.4x100' },
        from: '21h45m',
        to: '36h',
        labels: critical,
        says: 'returns of strategy trend no longer match the backtest (p = 0.0099, limit 0.01)',
      },
    },
    silent: {
      'at the limit': { [of('distribution_p_value')]: '0.01x8700' },
      'it recovers once in the day': { [of('distribution_p_value')]: '0.001x4000 0.01 0.001x8000' },
      'a gap of five hours before it has lasted a day': {
        [of('distribution_p_value')]: '0.0099x7000 _x1800 0.0099x7000 0.4x10',
      },
    },
    healthy: { [of('distribution_p_value')]: '0.4x700' },
  },
  DistributionDrift: {
    every: '10s',
    evaluate: '15m',
    fires: {
      'it drifts for a day, with a tenth of the scrapes missing': {
        given: {
          [of('distribution_p_value')]: day('0.6', '0.0499', 864, 8035),
          [of('distribution_p_value', 'breakout')]: '0.4x9400',
        },
        from: '25h',
        to: '26h15m',
        labels: warning,
        says: 'returns of strategy trend no longer match the backtest (p = 0.0499, limit 0.05)',
      },
    },
    silent: {
      'at the limit': { [of('distribution_p_value')]: '0.05x8700' },
      'more than a tenth of the scrapes are missing': { [of('distribution_p_value')]: day('0.6', '0.01', 865, 7734) },
      'it recovers once in the day': { [of('distribution_p_value')]: '0.01x4000 0.05 0.01x8000' },
    },
    healthy: { [of('distribution_p_value')]: '0.4x700' },
  },
  GBMDrawdownCritical: {
    fires: {
      'too deep and too long': {
        given: { [of('gbm_drawdown_severity')]: '0x7 2x31 1x19', [of('gbm_drawdown_severity', 'breakout')]: '0x60' },
        from: '7m',
        to: '13m',
        labels: critical,
        says: 'the drawdown of strategy trend is deeper and longer than its model allows',
      },
    },
    silent: {
      'too deep or too long': { [of('gbm_drawdown_severity')]: '0x7 1x60' },
      'for less than five minutes': { [of('gbm_drawdown_severity')]: '0x7 2x19 0x40' },
    },
    healthy: { [of('gbm_drawdown_severity')]: '0x60' },
  },
  GBMDrawdownWarning: {
    fires: {
      'too deep, then too long as well': {
        given: {
          [of('gbm_drawdown_severity')]: '0x7 1x15 2x15 0x19',
          [of('gbm_drawdown_severity', 'breakout')]: '0x60',
        },
        from: '7m',
        to: '13m',
        labels: warning,
        says: 'the drawdown of strategy trend is deeper or longer than its model allows',
      },
    },
    silent: { 'for less than five minutes': { [of('gbm_drawdown_severity')]: '0x7 1x19 0x40' } },
    healthy: { [of('gbm_drawdown_severity')]: '0x60' },
  },
}
