import type { Glossary } from '../language/index.ts'

/** The terms of trading that the docs of the bot use. */
export const glossary: Glossary = Object.freeze({
  'Basis point': { means: 'A hundredth of a percent: 100 bp are 1 %.', also: ['bp', 'bps'] },
  Books: { means: 'What the bot believes about its positions, orders and balances on each exchange.' },
  'Circuit breaker': { means: 'What stops the bot from opening round trips when too much goes wrong at once.' },
  Drawdown: { means: 'How far the capital is below its highest point so far, as a share of that point.' },
  Edge: {
    means: 'What a round trip earns after all fees, as a share of its value: expected before it, realized after.',
  },
  Exposure: {
    means: 'The value of positions: gross if long and short are added up, net if they cancel each other out.',
  },
  Heartbeat: { means: 'The sign that the main loop sends in each iteration: a bot without one hangs.' },
  Inventory: { means: 'The coins that lie on an exchange, ready to be sold there.' },
  Leg: {
    means: 'One order of a round trip. Its counter-leg is the one that hedges it, usually on another exchange.',
    also: ['counter-leg', 'legs'],
  },
  'Maintenance margin': { means: 'The margin below which an exchange liquidates the positions on it.' },
  Orphan: { means: 'An order at an exchange that is not in the books.' },
  PnL: { means: 'Profit and loss.' },
  Reconciliation: { means: 'Comparing the books with what an exchange says.' },
  'Reference rate': { means: 'The rate through which prices in KRW and in USDT are compared in USD.' },
  'Round trip': { means: 'All legs that belong together, from the first order to the last fill.' },
  'Sharpe ratio': { means: 'The mean return divided by its fluctuation: what is earned for the risk that is taken.' },
  Signal: { means: 'A price difference that a strategy detects.' },
  Spread: { means: 'The price difference of a signal before fees.' },
  'Unhedged leg': { means: 'A leg that is filled while its counter-leg is not: a position in one direction.' },
  Watchdog: {
    means:
      'Two things: the program that restarts the bot when it ends or hangs, and the alert that always fires, to show that monitoring works.',
  },
})
