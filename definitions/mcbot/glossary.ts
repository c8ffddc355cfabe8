import type { Glossary } from '../language/index.ts'

/** The terms of trading and statistics that the docs of the bot use. */
export const glossary: Glossary = Object.freeze({
  Backpressure: {
    means:
      'What a queue does when it is full: it discards the events that matter least, such as bars, to keep the others.',
    also: ['droppable'],
  },
  'Basis point': { means: 'A hundredth of a percent: 100 bp are 1 %.', also: ['bp'] },
  Cardinality: {
    means:
      'The number of series of a metric, one for each combination of label values. Each costs memory in Prometheus, so every label has a budget.',
    also: ['series'],
  },
  'Circuit breaker': { means: 'A safety device that closes all positions when a loss limit is exceeded.' },
  'Conformal prediction': {
    means: 'A way to get bounds for a forecast from past errors alone, without assuming their distribution.',
    also: ['conformal'],
  },
  Counter: {
    means: 'A metric that only grows, and starts again at 0 with the process; its rate is what one looks at.',
  },
  Drawdown: { means: 'How far the value is below its highest point so far, as a share of that point.' },
  Equity: { means: 'What the account is worth now, including the profit and loss of open positions.' },
  'Funding rate': {
    means:
      'What holders of a perpetual contract pay each other every few hours, so that its price stays near the spot price.',
  },
  Gauge: { means: 'A metric that goes up and down, such as a price or a queue length.' },
  GBM: {
    means:
      'Geometric Brownian motion, the standard model of a price that moves at random with a drift. It says how deep and how long a drawdown usually gets.',
  },
  Histogram: {
    means: 'A metric that counts values by range, from which quantiles such as the 95th percentile are computed.',
  },
  'Info metric and state set': {
    means:
      'Metrics whose value is in a label: fixed facts such as the version, or which one of several states is current.',
    also: ['state set', 'stateSet', 'info'],
  },
  'Kolmogorov-Smirnov test': {
    means:
      'A test of whether two samples come from the same distribution. A p-value below 0.05 means that they probably do not.',
    also: ['KS test'],
  },
  Leverage: { means: 'The gross value of all positions as a multiple of the equity.' },
  Margin: { means: 'The part of the equity that the exchange holds as security for open positions.' },
  'Mark price': { means: 'The price at which the exchange values positions; it is smoothed against manipulation.' },
  Notional: { means: 'The value of a position at the current price, whatever margin is behind it.' },
  'Open interest': { means: 'The value of all contracts that are open at the exchange, of all traders.' },
  PnL: {
    means: 'Profit and loss: realized once a position is closed, unrealized while it is open.',
  },
  RANSAC: {
    means: 'Random sample consensus: a line fitted to most of the points, which a few outliers do not move.',
  },
  'Rate limit': { means: 'How many requests or orders the exchange accepts in an interval before it refuses more.' },
  Regime: { means: 'The kind of market at the time, such as trending or moving sideways.' },
  'Sharpe ratio': {
    means: 'The mean return divided by its fluctuation: how much was earned for the risk taken.',
    also: ['Sharpe'],
  },
  Slippage: { means: 'The difference between the expected price of an order and the price of its fill.' },
  'Stop order': {
    means: 'An order at the exchange that closes a position once the price reaches a level.',
    also: ['stop'],
  },
})
