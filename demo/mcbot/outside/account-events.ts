import { type FaultSwitches, faultySymbol } from '../faults/list.ts'
import type { BotMetrics } from '../metrics.ts'
import { recordRealized } from '../record/trading.ts'
import { usdtOf } from '../trading/amount.ts'
import type { Ledger } from '../trading/ledger.ts'

/** What happens to the account besides trading; all of it is undone when its fault ends. */
interface AccountEvents {
  readonly step: () => void
  /** The loss that is still to be paid back. */
  readonly lost: () => bigint
  /** What is still to be deposited again. */
  readonly withdrawn: () => bigint
}

/** Shares of the equity in percent, by fault; of several, the first counts. */
const losses = [
  ['deep-drawdown', 40n],
  ['high-drawdown', 15n],
  ['state-lost', 8n],
] as const
const withdrawnShare = 20n

/**
 * Settles losses and books transfers that belong to no strategy, so that they do not change how any of them trades. What was
 * withdrawn before a restart is deposited at the first step.
 */
export function createAccountEvents(
  metrics: BotMetrics,
  switches: FaultSwitches,
  ledger: Ledger,
  withdrawnBefore: bigint,
): AccountEvents {
  let [lost, lostShare, withdrawn] = [0n, 0n, withdrawnBefore]

  const settle = () => {
    const [, share] = losses.find(([fault]) => switches.isOn(fault)) ?? ['none', 0n]
    if (share === lostShare) return
    const loss = ((ledger.equity() + lost) * share) / 100n
    const amount = lost - loss
    ;[lost, lostShare] = [loss, share]
    ledger.settle(amount)
    recordRealized(metrics, faultySymbol, amount)
  }
  const transfer = () => {
    const on = switches.isOn('withdrawal')
    if (on === withdrawn > 0n) return
    const amount = on ? (ledger.equity() * withdrawnShare) / 100n : withdrawn
    if (amount <= 0n) return
    withdrawn = on ? amount : 0n
    ledger.transfer(on ? -amount : amount)
    const counter = on ? metrics.withdrawals_usdt_total : metrics.deposits_usdt_total
    counter.inc(usdtOf(amount))
  }

  return Object.freeze({
    step: () => {
      settle()
      transfer()
    },
    lost: () => lost,
    withdrawn: () => withdrawn,
  })
}
