import {
  ageOf,
  dashboard,
  heatmap,
  histogram_quantile,
  increase,
  increaseFromZero,
  rate,
  stat,
  stateTimeline,
  sum,
  timeseries,
} from '../../language/index.ts'
import { metrics } from '../series.ts'
import { exposureShare, implausibleSpreads, rejectedShare } from '../shares.ts'
import {
  assetColours,
  differenceColours,
  exchangeColours,
  rateColours,
  rejectionColours,
  resultColours,
  strategyColours,
} from './colours.ts'

const none = { 0: { text: 'none', colour: 'green' } } as const

const exposurePanels = {
  exposure: timeseries({
    title: 'Net exposure, share of the capital',
    description: 'Of each coin over all exchanges, whichever direction.',
    show: exposureShare,
    colours: assetColours,
    min: 0,
  }),
  net: timeseries({
    title: 'Net exposure',
    description: 'Negative if short.',
    show: metrics.net_exposure_usd,
    colours: assetColours,
  }),
  gross: timeseries({ title: 'Gross exposure', show: metrics.gross_exposure_usd, min: 0 }),
  liquidation: timeseries({
    title: 'Distance to liquidation',
    description: 'The move of prices that liquidates the positions on the exchange.',
    show: metrics.liquidation_distance,
    colours: exchangeColours,
    min: 0,
    emptyMeans: 'no exchange has both margin and a position',
  }),
}

const legPanels = {
  unhedged: timeseries({
    title: 'Unhedged legs',
    description: 'Filled, while their counter-leg is not.',
    show: metrics.unhedged_legs,
    colours: exchangeColours,
    min: 0,
    decimals: 0,
  }),
  unhedgedAge: timeseries({
    title: 'Age of the oldest unhedged leg',
    show: ageOf(metrics.oldest_unhedged_leg_timestamp),
    emptyMeans: 'each leg has its counter-leg',
    min: 0,
  }),
  unhedgedValue: timeseries({ title: 'Value of unhedged legs', show: metrics.unhedged_value_usd, min: 0 }),
}

const bookPanels = {
  differences: timeseries({
    title: 'Differences between books and exchanges',
    show: metrics.reconciliation_differences,
    colours: differenceColours,
    min: 0,
    decimals: 0,
  }),
  reconciliationAge: timeseries({
    title: 'Age of the last reconciliation',
    show: ageOf(metrics.reconciliation_timestamp),
    colours: exchangeColours,
    min: 0,
  }),
  capital: timeseries({
    title: 'Capital by exchange',
    description: 'Without what is under way between two of them.',
    show: metrics.capital_usd,
    colours: exchangeColours,
    min: 0,
    stacked: true,
  }),
  inventory: timeseries({
    title: 'Largest share of an asset on one exchange',
    show: metrics.inventory_imbalance,
    colours: assetColours,
    min: 0,
    max: 1,
  }),
}

const ratePanels = {
  rates: timeseries({
    title: 'Reference rates',
    description: 'As a share of their value an hour ago.',
    show: metrics.reference_rate.div(metrics.reference_rate.offset('1h')),
    colours: rateColours,
    emptyMeans: 'the bot has run for less than an hour',
  }),
  rateAge: timeseries({
    title: 'Age of the reference rates',
    show: ageOf(metrics.reference_rate_timestamp),
    colours: rateColours,
    min: 0,
  }),
  rateDeviation: timeseries({
    title: 'Distance of the reference rates from a second source',
    show: metrics.reference_rate_deviation,
    colours: rateColours,
    min: 0,
  }),
}

const edgePanels = {
  shortfall: timeseries({
    title: 'Edge shortfall, median',
    description: 'Expected edge minus realized edge over six hours, after fees; positive costs money.',
    show: histogram_quantile(0.5, sum(rate(metrics.edge_shortfall_bps, '6h')).by('strategy', 'instance')),
    colours: strategyColours,
    emptyMeans: 'no round trip was closed in six hours',
  }),
  shortfalls: heatmap({
    title: 'Edge shortfall, distribution',
    show: sum(increase(metrics.edge_shortfall_bps, '5m')),
    emptyMeans: 'no round trip was closed in five minutes',
  }),
  roundTrips: timeseries({
    title: 'Round trips by result, 1 h',
    show: sum(increase(metrics.round_trips_total, '1h')).by('result'),
    colours: resultColours,
    min: 0,
    decimals: 0,
    bars: true,
    stacked: true,
  }),
  fees: timeseries({
    title: 'Fees, 1 h',
    show: sum(increaseFromZero(metrics.fees_usd_total, '1h', metrics.start_timestamp)).by('exchange'),
    colours: exchangeColours,
    min: 0,
    bars: true,
    stacked: true,
  }),
}

const signalPanels = {
  rejectedShare: timeseries({
    title: 'Rejected signals, share over 30 minutes',
    description: 'Of those with enough edge, while trading is not halted.',
    show: rejectedShare,
    min: 0,
    max: 1,
    emptyMeans: 'no signal with enough edge in 30 minutes',
  }),
  rejections: timeseries({
    title: 'Rejected signals by reason, 15 minutes',
    show: sum(increase(metrics.signals_rejected_total, '15m')).by('reason'),
    colours: rejectionColours,
    min: 0,
    decimals: 0,
    bars: true,
    stacked: true,
  }),
  implausible: timeseries({
    title: 'Implausible spreads, 15 minutes',
    show: implausibleSpreads,
    colours: strategyColours,
    min: 0,
    decimals: 0,
    bars: true,
  }),
  spreads: heatmap({
    title: 'Spreads detected',
    show: sum(increase(metrics.signal_spread_pct, '5m')),
    emptyMeans: 'no signal in five minutes',
  }),
}

const haltPanels = {
  loss: timeseries({
    title: 'Today’s PnL, and the limit of the loss',
    show: { 'today’s PnL': metrics.pnl_daily_usd, limit: metrics.daily_loss_limit_usd.times(-1) },
    colours: { 'today’s PnL': 'blue', limit: 'grey' },
  }),
  halted: stateTimeline({
    title: 'Trading halted',
    show: metrics.trading_halted,
    meanings: { 0: { text: 'no', colour: 'green' }, 1: { text: 'HALTED', colour: 'red' } },
  }),
  unhedgedNow: stat({ title: 'Unhedged legs now', show: sum(metrics.unhedged_legs), meanings: none }),
}

/** What an arbitrage bot can lose money with, and what stops it. */
export const risk = dashboard({
  title: 'ArBot Risk',
  description: 'What the bot can lose money with, and what stops it.',
  panels: {
    ...exposurePanels,
    ...legPanels,
    ...bookPanels,
    ...ratePanels,
    ...edgePanels,
    ...signalPanels,
    ...haltPanels,
  },
  rows: {
    Exposure: ['exposure', 'net', 'gross', 'liquidation'],
    'Unhedged legs': ['unhedged', 'unhedgedAge', 'unhedgedValue', 'unhedgedNow'],
    'Books and inventory': ['differences', 'reconciliationAge', 'capital', 'inventory'],
    'Reference rates': ['rates', 'rateAge', 'rateDeviation'],
    'Expected and realized edge': ['shortfall', 'shortfalls', 'roundTrips', 'fees'],
    Signals: ['rejectedShare', 'rejections', 'implausible', 'spreads'],
    Limits: ['loss', 'halted'],
  },
})
