import type { Glossary } from '../language/index.ts'

/** The terms of trading that the docs of the bot use. */
export const glossary: Glossary = Object.freeze({
  'Basis point': { means: 'A hundredth of a percent: 100 bp are 1 %.', also: ['bp', 'bps'] },
  Books: { means: 'What the bot believes about its positions, orders and balance.' },
  Counter: {
    means: 'A metric that only grows, and starts again at 0 with the process; its rate is what one looks at.',
  },
  Drawdown: {
    means: 'How far the balance is below its highest point so far, as a share of that point.',
    also: ['MDD'],
  },
  Exposure: { means: 'The gross value of all positions at the current price, whatever margin is behind them.' },
  Gauge: { means: 'A metric that goes up and down, such as a balance or a number of orders.' },
  Heartbeat: { means: 'The sign that the main loop sends in each iteration: a bot without one hangs.' },
  Histogram: {
    means: 'A metric that counts values by range, from which quantiles such as the 95th percentile are computed.',
  },
  'Mark price': { means: 'The price at which the exchange values positions; it is smoothed against manipulation.' },
  Orphan: { means: 'An order at the exchange that is not in the books.' },
  PnL: { means: 'Profit and loss: realized once a position is closed, unrealized while it is open.' },
  'Rate limit': {
    means: 'How many calls the exchange accepts in an interval before it refuses more.',
    also: ['rate_limit'],
  },
  Reconciliation: { means: 'Comparing the books with what the exchange says.' },
  Slippage: { means: 'The difference between the expected price of an order and the price of its fill.' },
  'Stop order': {
    means: 'An order at the exchange that closes a position once the price reaches a level.',
    also: ['stop'],
  },
  Watchdog: {
    means:
      'Two things: the program that restarts the bot when it ends or hangs, and the alert that always fires, to show that monitoring works.',
  },
})
