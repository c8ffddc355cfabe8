import { arbot } from '../../../definitions/arbot/index.ts'
import { writtenOf } from '../../alerts/bots.ts'
import type { Scrape } from '../../alerts/scrapes.ts'

const { hash } = writtenOf(arbot).limits
/** Maintenance is always of the first one. */
const names = ['upbit', 'binance'] as const
type Name = (typeof names)[number]

/** What of the bot and its exchanges changes in a scenario. */
export interface Venues {
  startedAt: number
  lastBeat: number
  /** Whether the first exchange can be reached. */
  answers: boolean
  /** When each exchange last sent a message, and when the books were last compared with it. */
  readonly lastMessage: Record<Name, number>
  readonly lastCompared: Record<Name, number>
  /** When the leg that has no counter-leg was filled; null without one. */
  unhedgedSince: number | null
  pnlToday: number
  isHalted: boolean
  /** Since the process started. */
  readonly counted: {
    messages: Record<Name, number>
    reconnects: number
    trips: number
    spreads: number
    errors: number
  }
}

const nothingCounted = () => ({ messages: { upbit: 0, binance: 0 }, reconnects: 0, trips: 0, spreads: 0, errors: 0 })

export const createVenues = (): Venues => ({
  startedAt: 0,
  lastBeat: 0,
  answers: true,
  lastMessage: { upbit: 0, binance: 0 },
  lastCompared: { upbit: 0, binance: 0 },
  unhedgedSince: null,
  pnlToday: 40,
  isHalted: false,
  counted: nothingCounted(),
})

/** Another process begins at this time. */
export const restartAt = (venues: Venues, seconds: number): void =>
  void Object.assign(venues, { startedAt: seconds, lastBeat: seconds, counted: nothingCounted() })

/** One step of the main loop and of the exchanges. */
export function loopOnce(venues: Venues, seconds: number, every: number): void {
  venues.lastBeat = seconds
  for (const name of names) {
    if (name === 'upbit' && !venues.answers) continue
    venues.lastMessage[name] = seconds
    venues.lastCompared[name] = seconds
    venues.counted.messages[name] += 20 * every
  }
}

/** What the bot exposes at a time; its calls, legs and ticks are fast, and its capital is 20,000. */
export function exposedBy(venues: Venues, seconds: number): Scrape {
  const { counted, unhedgedSince } = venues
  const isUnhedged = unhedgedSince !== null
  return new Map(
    Object.entries<number>({
      [`contract_info{hash="${hash}"}`]: 1,
      heartbeat_age: seconds - venues.lastBeat,
      start_timestamp: venues.startedAt,
      circuit_breaker_active: 0,
      pnl_daily_usd: venues.pnlToday,
      daily_loss_limit_usd: 500,
      'trading_halted{reason="daily_loss"}': Number(venues.isHalted),
      'trading_halted{reason="manual"}': 0,
      drawdown_pct: 0.4,
      win_rate: 0.7,
      gross_exposure_usd: 3000,
      unhedged_value_usd: isUnhedged ? 1600 : 0,
      ...(isUnhedged ? { oldest_unhedged_leg_timestamp: unhedgedSince } : {}),
      'net_exposure_usd{asset="BTC"}': isUnhedged ? 1600 : 5,
      'inventory_imbalance{asset="BTC"}': 0.6,
      'reference_rate_timestamp{rate="KRW_USD"}': venues.lastBeat,
      'reference_rate_deviation{rate="KRW_USD"}': 0.001,
      'errors_total{component="market_data", kind="timeout"}': counted.errors,
      'signals_rejected_total{strategy="spatial", reason="below_minimum_edge"}': counted.spreads,
      'signals_rejected_total{strategy="spatial", reason="implausible_spread"}': 0,
      'signals_rejected_total{strategy="spatial", reason="balance"}': 0,
      'signals_executed_total{strategy="spatial"}': counted.trips,
      ...Object.assign({}, ...names.map((name) => ofExchange(name, venues, seconds))),
      ...buckets('edge_shortfall_bps', 'strategy="spatial"', [0, 5, 10], counted.trips),
    }).map(([series, value]) => [`arbot_${series}`, value]),
  )
}

function ofExchange(name: Name, venues: Venues, seconds: number): Readonly<Record<string, number>> {
  const { answers, counted, lastMessage, lastCompared } = venues
  const label = `exchange="${name}"`
  const figures = {
    exchange_connected: Number(answers || name !== 'upbit'),
    exchange_reconnects_total: counted.reconnects,
    websocket_messages_total: counted.messages[name],
    quote_age_ms: (seconds - lastMessage[name]) * 1000 + 80,
    clock_offset_ms: 12,
    banned_until_timestamp: 0,
    api_key_valid: 1,
    order_limit_used: 0.2,
    consecutive_order_failures: 0,
    open_legs: 0,
    unhedged_legs: 0,
    capital_usd: 10_000,
    liquidation_distance: 0.4,
    reconciliation_timestamp: lastCompared[name],
  }
  return {
    ...Object.fromEntries(Object.entries(figures).map(([key, value]) => [`${key}{${label}}`, value])),
    [`reconciliation_differences{${label}, difference="position"}`]: 0,
    [`deposits_open{${label}, asset="BTC"}`]: 1,
    [`withdrawals_open{${label}, asset="BTC"}`]: 1,
    ...buckets('exchange_latency_ms', label, [300, 500, 750], counted.messages[name]),
    ...buckets('order_execution_latency_ms', label, [750, 1000, 1500], counted.trips),
    ...buckets('tick_processing_latency_ms', label, [75, 100, 150], counted.messages[name]),
  }
}

const buckets = (name: string, labels: string, bounds: readonly number[], count: number) =>
  Object.fromEntries([
    ...[...bounds, '+Inf'].map((le) => [`${name}_bucket{${labels}, le="${le}"}`, count]),
    [`${name}_count{${labels}}`, count],
  ])
