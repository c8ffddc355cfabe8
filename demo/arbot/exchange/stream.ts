import { random } from '../../paper/random.ts'
import type { FaultSwitches } from '../faults/list.ts'
import type { OrderBook } from '../market/order-book.ts'
import type { BotMetrics } from '../metrics.ts'
import type { BotLog } from '../record/log.ts'
import { type ExchangeName, exchanges, type Pair, pairName, pairsOf, stepsIn } from '../setting.ts'
import type { Exchange } from './exchange.ts'

/** An order book as the bot received it. */
interface Quote {
  readonly book: OrderBook
  /** By the clock of the exchange, in milliseconds since 1970. */
  readonly at: number
}

/** The WebSocket to one exchange, which delivers its order books. */
export interface Stream {
  readonly step: () => void
  readonly quote: (pair: Pair) => Quote | undefined
  readonly isConnected: () => boolean
  /** Milliseconds that the oldest quote is old; the clock of the exchange is ahead of the bot's by `offset`. */
  readonly age: (offset: number) => number | undefined
}

interface StreamOptions {
  readonly seed: string
  readonly name: ExchangeName
  readonly exchange: Exchange
  readonly metrics: BotMetrics
  readonly log: BotLog
  readonly switches: FaultSwitches
  readonly now: () => number
}

/** Every socket is closed once a day, and under the fault flapping every twenty seconds. */
const [closedEvery, flapsEvery] = [stepsIn(86_400), stepsIn(20)]
const reconnectAfter = stepsIn(1)
const slowTickMs = 180

export function createStream({ seed, name, exchange, metrics, log, switches, now }: StreamOptions): Stream {
  const draw = random(seed, `ticks ${name}`)
  const pairs = pairsOf(name)
  const quotes = new Map<string, Quote>()
  let steps = 0
  /** When it was closed, and the first step in which it may connect again; null while it is connected. */
  let closed: { readonly at: number; readonly until: number } | null = null
  let flapping: number | null = null

  const isOff = () => name === 'upbit' && (switches.isOn('disconnected') || switches.isOn('outage'))
  const isClosedNow = () => {
    if (isOff()) return true
    if (name !== 'binance' || !switches.isOn('flapping')) {
      flapping = null
      return steps % closedEvery === 0
    }
    flapping ??= steps
    return (steps - flapping) % flapsEvery === 0
  }
  const connect = () => {
    if (closed === null) {
      if (!isClosedNow()) return
      closed = { at: now(), until: steps + reconnectAfter }
      log.exchange_disconnected({ exchange: name, error: 'the exchange closed the socket (1006)' })
    } else if (steps >= closed.until && !isOff()) {
      log.exchange_reconnected({ exchange: name, downtime: (now() - closed.at) / 1000 })
      closed = null
    }
  }
  const receive = () => {
    for (const pair of pairs) {
      const usual = draw.lognormal(3, 0.5)
      if (closed !== null || (name === 'okx' && switches.isOn('silent-stream'))) continue
      metrics.websocket_messages_total.inc({ exchange: name })
      const slow = name === 'okx' && switches.isOn('slow-ticks') ? slowTickMs : 0
      metrics.tick_processing_latency_ms.observe({ exchange: name }, usual + slow)
      if (name === 'okx' && switches.isOn('stale-quotes')) continue
      const at = exchange.clock() - exchanges[name].latency.quote
      quotes.set(pairName(pair), { book: exchange.book(pair), at })
    }
  }
  return Object.freeze({
    step: () => {
      steps += 1
      connect()
      receive()
      metrics.exchange_connected.set({ exchange: name }, closed === null ? 1 : 0)
    },
    quote: (pair: Pair) => quotes.get(pairName(pair)),
    isConnected: () => closed === null,
    age: (offset: number) => {
      if (quotes.size === 0) return undefined
      const oldest = Math.min(...[...quotes.values()].map(({ at }) => at))
      return Math.max(0, now() - (oldest - offset))
    },
  })
}
