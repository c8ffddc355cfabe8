import { join } from 'node:path'
import { type FaultSwitches, faultySymbol } from '../faults/list.ts'
import type { BotMetrics } from '../metrics.ts'
import { createAccountEvents } from '../outside/account-events.ts'
import { capital, strategies, symbols } from '../setting.ts'
import { createAccountFile } from '../trading/account-file.ts'
import { absolute, toMoney, usdtOf } from '../trading/amount.ts'
import type { Ledger } from '../trading/ledger.ts'
import { type MarginTerms, marginsOf } from '../trading/margin.ts'
import { createReferences, type References } from './references.ts'

/** Steps between two writes of the account: ten seconds. */
const savedEvery = 20

/**
 * Records what the account is worth and how close it is to liquidation, read from the ledger at each scrape, so that totals are
 * consistent in every scrape. With a folder for its state, the account, its peak, those of its strategies and today's PnL continue
 * after a restart.
 */
export function recordAccount(
  metrics: BotMetrics,
  switches: FaultSwitches,
  ledger: Ledger,
  now: () => number,
  folder: string | null,
): { readonly step: () => void; readonly end: () => Promise<void> } {
  const file = folder === null ? null : createAccountFile(join(folder, 'account.json'))
  const known = file?.known ?? null
  if (known !== null) ledger.settle(toMoney(known.equity) - ledger.equity())
  const events = createAccountEvents(metrics, switches, ledger, toMoney(known?.withdrawn ?? 0))
  const transferred = () => (known?.transferred ?? 0) + usdtOf(ledger.transferred())
  const equity = () => usdtOf(ledger.equity())
  const profit = (strategy: string) => (known?.profits[strategy] ?? 0) + usdtOf(ledger.profit(strategy))

  const errors = { inc: () => metrics.errors_total.inc({ component: 'risk', error_type: 'other' }) }
  const options = {
    strategies: new Map(strategies.map((strategy) => [strategy, () => capital + profit(strategy)])),
    transferred,
    errors,
    now,
  }
  const kept = createReferences(equity, { ...options, folder })
  /** What a bot measures by that has lost its state. */
  let afresh: References | null = null
  const references = () => afresh ?? kept
  recordWorth(metrics, ledger, equity, references)
  recordMargins(metrics, switches, ledger)

  // What the fault took is paid back after a restart as well.
  const save = () =>
    file?.save({
      equity: usdtOf(ledger.equity() + events.lost()),
      transferred: transferred(),
      withdrawn: usdtOf(events.withdrawn()),
      profits: Object.fromEntries(strategies.map((strategy) => [strategy, profit(strategy)])),
    })
  let steps = 0
  return Object.freeze({
    step: () => {
      events.step()
      if (switches.isOn('state-lost')) afresh ??= createReferences(equity, { ...options, folder: null })
      else {
        void afresh?.end()
        afresh = null
      }
      kept.look()
      steps += 1
      if (steps % savedEvery === 0) save()
    },
    end: async () => {
      save()
      await Promise.all([kept.end(), afresh?.end()])
    },
  })
}

function recordWorth(metrics: BotMetrics, ledger: Ledger, equity: () => number, references: () => References): void {
  metrics.equity_usdt.collect(equity)
  metrics.wallet_balance_usdt.collect(() => usdtOf(ledger.wallet()))
  metrics.drawdown_pct.collect(() => inPercent(references().peak.drawdown()))
  for (const strategy of strategies)
    metrics.strategy_drawdown_pct
      .bind({ strategy })
      .collect(() => inPercent(references().strategyPeaks.get(strategy)?.drawdown()))
  metrics.peak_since_timestamp.collect(() => inSeconds(references().peak.since()))
  metrics.today_pnl_usdt.collect(() => references().opening.change())
  metrics.today_return_pct.collect(() => inPercent(references().opening.relativeChange()))
}

function recordMargins(metrics: BotMetrics, switches: FaultSwitches, ledger: Ledger): void {
  const gross = () => symbols.reduce((sum, symbol) => sum + absolute(ledger.notional(symbol)), 0n)
  const leverage = () => usdtOf(gross()) / usdtOf(ledger.equity())
  const terms = (): MarginTerms => ({
    isolated: switches.isOn('isolated-position') ? [faultySymbol] : [],
    leastUsed: switches.isOn('high-margin') ? 0.95 : 0,
    leastMaintenance: switches.isOn('high-maintenance') ? 0.85 : 0,
  })
  const margins = () => marginsOf(ledger, symbols, terms())
  metrics.aggregate_leverage.collect(() => leverage() + (switches.isOn('high-leverage') ? 6 : 0))
  metrics.cash_usdt.collect(() => usdtOf(ledger.equity() - margins().used))
  metrics.margin_used_usdt.collect(() => usdtOf(margins().used))
  metrics.margin_balance_usdt.collect(() => usdtOf(margins().balance))
  metrics.maintenance_margin_usdt.collect(() => usdtOf(margins().maintenance))
  for (const symbol of symbols)
    metrics.liquidation_distance_pct.bind({ symbol }).collect(() => inPercent(margins().distance(symbol)))
}

const inSeconds = (ms: number | undefined) => (ms === undefined ? undefined : ms / 1000)
const inPercent = (share: number | undefined) => (share === undefined ? undefined : share * 100)
