import { tradingbot } from '../../../definitions/tradingbot/index.ts'
import { writtenOf } from '../../alerts/bots.ts'
import type { Scrape } from '../../alerts/scrapes.ts'

const { hash } = writtenOf(tradingbot).limits
const symbol = 'BTCUSDT'
const latencies = [250, 1000, 3000, 10_000]
const slippages = [0, 5, 10, 20]

/** What of an account and its bot changes in a scenario. */
export interface Account {
  /** As multiples of what it began with. */
  balance: number
  peak: number
  opening: number
  startedAt: number
  lastBeat: number
  /** When balance and books were last read from the exchange. */
  lastRead: number
  lastFill: number
  /** Since the process started. */
  fills: number
  failedCalls: number
}

export const createAccount = (): Account => ({
  balance: 1,
  peak: 1,
  opening: 1,
  startedAt: 0,
  lastBeat: 0,
  lastRead: 0,
  lastFill: -3600,
  fills: 0,
  failedCalls: 0,
})

/** What the bot of this account exposes at a time; it has one position with its stop, and its fills are fast and cheap. */
export const exposedBy = (account: Account, seconds: number): Scrape =>
  new Map(
    Object.entries<number>({
      [`contract_info{hash="${hash}"}`]: 1,
      peak_since_timestamp: -86_400,
      max_drawdown: account.balance / account.peak - 1,
      daily_pnl_pct: (account.balance / account.opening - 1) * 100,
      balance_timestamp: account.lastRead,
      reconciliation_timestamp: account.lastRead,
      'reconciliation_differences{difference="position"}': 0,
      'reconciliation_differences{difference="orphan"}': 0,
      open_positions: 1,
      positions_without_stop: 0,
      exposure_usdt: 5000,
      open_orders: 1,
      unresolved_orders: 0,
      heartbeat_age: seconds - account.lastBeat,
      start_timestamp: account.startedAt,
      uptime_seconds: seconds - account.startedAt,
      last_order_timestamp: account.lastFill,
      usual_trade_gap_seconds: 17_000,
      api_key_valid: 1,
      banned_until_timestamp: 0,
      'api_errors_total{endpoint="account", kind="timeout"}': account.failedCalls,
      [`signals_total{symbol="${symbol}"}`]: account.fills,
      [`orders_placed_total{symbol="${symbol}", side="buy"}`]: account.fills,
      ...buckets('order_latency_ms', `symbol="${symbol}"`, latencies, account.fills),
      ...buckets('slippage_bps', `symbol="${symbol}", side="buy"`, slippages, account.fills),
    }).map(([series, value]) => [`tradingbot_${series}`, value]),
  )

const buckets = (name: string, labels: string, bounds: readonly number[], count: number) =>
  Object.fromEntries([
    ...[...bounds, '+Inf'].map((le) => [`${name}_bucket{${labels}, le="${le}"}`, count]),
    [`${name}_count{${labels}}`, count],
  ])
