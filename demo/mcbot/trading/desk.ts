import { random } from '../../paper/random.ts'
import { type Clock, createClock } from '../clock.ts'
import { createConditions } from '../conditions.ts'
import { capital, instruments, stake, stepSeconds, strategies, symbols } from '../setting.ts'
import { toFraction, toMoney, toPrice, toSize, usdtOf } from './amount.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { createMarket, type Market } from './market.ts'
import { type Fill, fillOrder, type Order, type Side, sendOrder, slippageOf } from './orders.ts'
import { createTrackRecord, type TrackRecord } from './track-record.ts'

interface Signal {
  readonly strategy: string
  readonly symbol: string
  readonly side: Side
}

/** A fill with what it realized for the account; null if it closed nothing. */
export interface BookedFill extends Fill {
  readonly realized: bigint | null
}

/** A funding payment; negative if it is paid. */
interface Funding {
  readonly symbol: string
  readonly received: bigint
}

/** The results of one step. */
export interface Events {
  readonly signals: readonly Signal[]
  readonly orders: readonly Order[]
  readonly fills: readonly BookedFill[]
  readonly fundings: readonly Funding[]
  readonly dayEnded: boolean
}

/** Strategies that trade the paper market and keep their books; reproducible step by step from the seed. */
export interface Desk {
  readonly step: () => Events
  readonly market: Market
  readonly ledger: Ledger
  readonly record: (strategy: string) => TrackRecord
  /** How many orders wait for a fill. */
  readonly openOrders: () => number
}

/** Market hours between funding times. */
const hoursPerFunding = 8
/** Target growth of each strategy's capital per market day. */
const dailyGrowth = 0.0002
/** Fraction of right guesses of a strategy that is on target; enough to pay for fees and slippage. */
const usualSkill = 0.6

export function createDesk(
  seed: string,
  clock: Clock,
  before: ReadonlyMap<string, readonly number[]> = new Map(),
  { activity, held, turnover, shock } = createConditions(),
): Desk {
  const market = createMarket(seed, instruments, clock, { shock })
  const ledger = createLedger(toMoney(capital * strategies.length), symbols, strategies)
  const records = new Map(strategies.map((name) => [name, createTrackRecord(capital, before.get(name) ?? [])]))
  const record = (strategy: string): TrackRecord => {
    const known = records.get(strategy)
    if (known === undefined) throw new Error(`the desk has no strategy ${strategy}`)
    return known
  }
  const guess = random(seed, 'guesses')
  const exchange = random(seed, 'exchange')
  const acts = random(seed, 'activity')
  if (held > 0) hold(ledger, (capital * held) / instruments.length)
  let steps = 0
  let pending: readonly Order[] = []
  let slipped = 0n

  const fillDue = (): BookedFill[] => {
    const fills: BookedFill[] = []
    for (const instrument of instruments)
      for (const order of pending) {
        if (order.symbol !== instrument.symbol || order.due > steps) continue
        const fill = fillOrder(exchange, instrument, order, {
          price: market.price(order.symbol),
          step: steps,
          better: paidBack(),
        })
        slipped += slippageOf(fill)
        const { realized, ofStrategy } = ledger.book({ ...order, size: fill.size, price: fill.price, fee: fill.fee })
        if (ofStrategy !== null) record(order.strategy).close(ofStrategy)
        fills.push({ ...fill, realized })
      }
    const done = new Set(fills.filter(({ last }) => last).map(({ order }) => order))
    pending = pending.filter((order) => !done.has(order))
    return fills
  }

  /** How much better the next fill is, in basis points: the fast days of the paper market would otherwise lose all of the equity to slippage. */
  const paidBack = () => Math.min(2, Math.max(-2, usdtOf(slipped) / 20))

  const fund = (symbol: string): Funding => {
    const received = ledger.fund(symbol, toFraction(market.fundingRate(symbol)))
    return { symbol, received }
  }

  const decide = (strategy: string, symbol: string): Order | null => {
    const right = guess.chance(skillOf(usdtOf(ledger.profit(strategy)), steps / clock.stepsPerDay))
    const stays = guess.chance(0.15)
    const worth = stays ? 0 : stake * guess.between(0.6, 1.4)
    const direction = market.ahead(symbol) > 0 === right ? 1 : -1
    const wanted = toSize((direction * worth) / market.price(symbol))
    const size = wanted - ledger.held(strategy, symbol)
    if (size === 0n) return null
    return sendOrder(exchange, steps, { strategy, symbol, size })
  }

  return Object.freeze({
    step: (): Events => {
      steps += 1
      market.step()
      for (const symbol of symbols) ledger.mark(symbol, toPrice(market.price(symbol)))
      const fundings = steps % clock.steps(hoursPerFunding) === 0 ? symbols.map(fund) : []
      const fills = fillDue()
      const busy = new Set(pending.map(({ strategy, symbol }) => `${strategy} ${symbol}`))
      const share = (activity ?? clock.activity) * turnover(steps * stepSeconds)
      const orders = symbols
        .filter((symbol) => market.turned(symbol))
        .flatMap((symbol) =>
          strategies
            .filter((strategy) => !busy.has(`${strategy} ${symbol}`) && acts.chance(share))
            .map((strategy) => decide(strategy, symbol))
            .filter((order) => order !== null),
        )
      pending = [...pending, ...orders.filter(({ rejected }) => rejected === null)]
      const dayEnded = steps % clock.stepsPerDay === 0
      if (dayEnded)
        for (const strategy of strategies) record(strategy).closeDay(capital + usdtOf(ledger.profit(strategy)))
      return { signals: orders, orders, fills, fundings, dayEnded }
    },
    market,
    ledger,
    record,
    openOrders: () => pending.length,
  })
}

/** Opens a long position of this value in USDT in each symbol for each strategy. */
function hold(ledger: Ledger, worth: number): void {
  for (const { symbol, price } of instruments) {
    ledger.mark(symbol, toPrice(price))
    for (const strategy of strategies)
      ledger.book({ strategy, symbol, size: toSize(worth / price), price: toPrice(price), fee: 0n })
  }
}

/**
 * The skill of a strategy depends on its target: the better it did, the less it knows. So a healthy bot gains a little and stays
 * far from every loss limit, however long it runs.
 */
function skillOf(profit: number, days: number): number {
  const behind = (capital * dailyGrowth * days - profit) / capital
  return usualSkill + Math.min(0.2, Math.max(-0.2, 30 * behind))
}

/** The backtest of the bot: daily returns of each strategy over `days` of a separate market. */
export function backtest(seed: string, days: number): ReadonlyMap<string, readonly number[]> {
  const key = `${seed} ${days}`
  if (latest?.key !== key) latest = { key, returns: traded(seed, days) }
  return latest.returns
}

/** Cached: it takes most of a second, and tests often start several bots with one seed. */
let latest: { readonly key: string; readonly returns: ReadonlyMap<string, readonly number[]> } | null = null

function traded(seed: string, days: number): ReadonlyMap<string, readonly number[]> {
  // at its fastest, whatever the bot's own clock: the path of the market is the same
  const clock = createClock()
  const desk = createDesk(`${seed}/backtest`, clock)
  const returns = new Map<string, number[]>(strategies.map((strategy) => [strategy, []]))
  for (let step = 0; step < days * clock.stepsPerDay; step++) {
    const { dayEnded } = desk.step()
    if (dayEnded) for (const [strategy, known] of returns) known.push(desk.record(strategy).returns().at(-1) as number)
  }
  return returns
}
