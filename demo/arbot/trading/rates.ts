import { random } from '../../paper/random.ts'
import type { FaultSwitches } from '../faults/list.ts'
import type { Market } from '../market/market.ts'
import type { BotMetrics } from '../metrics.ts'
import { stepsIn } from '../setting.ts'

/** The rates through which the bot compares prices in different currencies. */
export interface Rates {
  readonly step: () => void
  /** USD for one unit of cash. */
  readonly usd: (cash: 'KRW' | 'USDT') => number
}

const readEvery = stepsIn(10)
/** Standard deviation of a second source, and how far it is off under the fault rate-deviates. */
const [noise, error] = [0.0002, 0.02]

export function createRates(
  seed: string,
  market: Market,
  metrics: BotMetrics,
  switches: FaultSwitches,
  now: () => number,
): Rates {
  const draw = random(seed, 'second source of rates')
  const known = { KRW: market.rate('KRW'), USDT: market.rate('USDT') }
  let steps = 0
  const read = (cash: 'KRW' | 'USDT') => {
    const rate = `${cash}_USD` as const
    const distance = noise * draw.normal()
    if (cash === 'KRW' && switches.isOn('rate-stale')) return
    known[cash] = market.rate(cash)
    metrics.reference_rate.set({ rate }, known[cash])
    metrics.reference_rate_timestamp.set({ rate }, now() / 1000)
    const wrong = cash === 'KRW' && switches.isOn('rate-deviates') ? error : 0
    metrics.reference_rate_deviation.set({ rate }, Math.abs(distance) + wrong)
  }
  return Object.freeze({
    step: () => {
      if (steps++ % readEvery !== 0) return
      read('KRW')
      read('USDT')
    },
    usd: (cash: 'KRW' | 'USDT') => known[cash],
  })
}
