import { deviation, gauge, ratio, score, usdt } from '../../language/metrics.ts'
import { symbol } from '../labels.ts'

const regimePanel = (panel: string) =>
  deviation(
    `the dashboard Market Regime has a panel ${panel} but no metric for it`,
    'A panel can only show what the bot emits: the figure is declared and emitted.',
  )

/** What the Market Regime dashboard shows: the market itself, not the bot. */
export const marketMetrics = {
  funding_rate: gauge({
    help: 'Funding rate of the perpetual contract for the current interval; positive when longs pay shorts.',
    unit: ratio,
    labels: { symbol },
    additive: false,
    deviates: regimePanel('Funding rate'),
  }),
  open_interest_usdt: gauge({
    help: 'Value of all open contracts for the symbol on the exchange.',
    unit: usdt,
    labels: { symbol },
    deviates: regimePanel('OI changes'),
  }),
  regime_score: gauge({
    help: 'Market regime of the symbol, from -1 (falling) through 0 (ranging) to 1 (rising).',
    unit: score,
    labels: { symbol },
    additive: false,
    deviates: regimePanel('Regime score'),
  }),
  volume_24h_usdt: gauge({
    help: 'Trading volume of the symbol in the last 24 hours.',
    unit: usdt,
    labels: { symbol },
    deviates: deviation(
      'the runbook of HighSlippage points to a volume panel that does not exist',
      'Thin volume is the first cause to check: the figure is declared and emitted.',
    ),
  }),
}
