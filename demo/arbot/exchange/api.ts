import { random } from '../../paper/random.ts'
import type { FaultSwitches } from '../faults/list.ts'
import type { BotMetrics } from '../metrics.ts'
import type { BotLog } from '../record/log.ts'
import { type ExchangeName, exchanges, stepSeconds } from '../setting.ts'

type Endpoint = keyof typeof endpoints
interface Failure {
  readonly kind: 'timeout' | 'server' | 'ban' | 'auth' | 'connection'
  readonly error: string
}

/** The API of one exchange as the bot calls it: which calls are answered, and what is recorded of them. */
export interface Api {
  /** Whether the call was answered, if need be when it was made again. */
  readonly call: (endpoint: Endpoint) => boolean
  /** Whether neither a ban nor a rejected key keeps the bot from trading. */
  readonly isOpen: () => boolean
  readonly isBanned: () => boolean
  /** Share of the order limit that is used. */
  readonly orderLimitUsed: () => number
}

/** Whether each call needs the API key, and the part of the bot that makes it. */
const endpoints = {
  order: { signed: true, component: 'orders' },
  account: { signed: true, component: 'risk' },
  open_orders: { signed: true, component: 'risk' },
  time: { signed: false, component: 'market_data' },
  transfers: { signed: false, component: 'market_data' },
} as const

/** In milliseconds. */
const [banLength, keyPause, timeout, slow, limitWindow] = [120_000, 60_000, 10_000, 1500, 10_000]
const chanceOfFailure = 0.002
/** The share that another program on the account uses under the fault order-limit. */
const usedByOthers = 0.85
const failures = {
  timeout: { kind: 'timeout', error: 'no answer within 10 s' },
  server: { kind: 'server', error: '502 Bad Gateway' },
  down: { kind: 'server', error: '503 Service Unavailable: system maintenance' },
  ban: { kind: 'ban', error: '418: too many requests; IP banned' },
  auth: { kind: 'auth', error: '401: invalid API key, IP, or permissions' },
} as const satisfies Record<string, Failure>

interface ApiOptions {
  readonly seed: string
  readonly name: ExchangeName
  readonly metrics: BotMetrics
  readonly log: BotLog
  readonly switches: FaultSwitches
  readonly now: () => number
}

export function createApi({ seed, name: exchange, metrics, log, switches, now }: ApiOptions): Api {
  const { latency, orderLimit } = exchanges[exchange]
  const draws = new Map(
    Object.keys(endpoints).map((endpoint) => [endpoint, random(seed, `api ${exchange} ${endpoint}`)]),
  )
  /** Until when the bot makes no call, and none that needs the key. */
  let [banned, keyless] = [0, 0]
  let isKeyValid = true
  let orders: readonly number[] = []
  const waiting = new Set<Endpoint>()
  const isOn = (fault: 'ban' | 'api-key' | 'reconciliation-stale' | 'order-limit') =>
    exchange === 'okx' && switches.isOn(fault)
  const isDown = () => exchange === 'upbit' && switches.isOn('outage')

  const fail = (endpoint: Endpoint, { kind, error }: Failure) => {
    log.error({ component: endpoints[endpoint].component, kind, exchange, error: `${endpoint}: ${error}` })
  }
  const sayKey = (valid: boolean) => {
    isKeyValid = valid
    metrics.api_key_valid.set({ exchange }, valid ? 1 : 0)
  }
  const refusal = (endpoint: Endpoint): Failure | null => {
    if (isDown()) return failures.down
    if (isOn('ban')) {
      banned = now() + banLength
      metrics.banned_until_timestamp.set({ exchange }, banned / 1000)
      return failures.ban
    }
    if (!endpoints[endpoint].signed) return null
    if (!isOn('api-key')) {
      sayKey(true)
      return null
    }
    keyless = now() + keyPause
    sayKey(false)
    return failures.auth
  }
  const chance = (endpoint: Endpoint, fails: boolean): Failure | null => {
    // an order that fails is a fault of its own
    if (endpoint === 'order') return null
    if (switches.isOn('errors')) return failures.server
    return fails ? failures.timeout : null
  }
  const used = () => {
    orders = orders.filter((at) => at > now() - limitWindow)
    return orders.length / orderLimit
  }
  metrics.api_key_valid.set({ exchange }, 1)
  return Object.freeze({
    call: (endpoint: Endpoint) => {
      const draw = draws.get(endpoint) as ReturnType<typeof random>
      const fails = draw.chance(chanceOfFailure)
      const usual = Math.round(draw.lognormal(latency.call, 0.3))
      const isUnanswered = endpoint === 'open_orders' && isOn('reconciliation-stale')
      if (!isUnanswered) waiting.delete(endpoint)
      if (now() < banned || (endpoints[endpoint].signed && now() < keyless) || waiting.has(endpoint)) return false
      if (isUnanswered) {
        waiting.add(endpoint)
        return false
      }
      const observe = (ms: number) => metrics.exchange_latency_ms.observe({ exchange }, ms)
      const ms = exchange === 'upbit' && switches.isOn('slow-calls') && endpoint !== 'order' ? usual + slow : usual
      if (endpoint === 'order') orders = [...orders, now()]
      const refused = refusal(endpoint)
      const failed = refused ?? chance(endpoint, fails)
      observe(failed === failures.timeout ? timeout : ms)
      if (failed === null) return true
      fail(endpoint, failed)
      if (refused !== null) return false
      observe(ms)
      return true
    },
    isOpen: () => now() >= banned && isKeyValid && !isDown(),
    isBanned: () => now() < banned,
    orderLimitUsed: () => Math.max(used(), isOn('order-limit') ? usedByOthers : 0),
  })
}

/** Steps between two calls of each kind. */
export const callEvery = Object.freeze({
  account: 10 / stepSeconds,
  open_orders: 20 / stepSeconds,
  time: 30 / stepSeconds,
  transfers: 60 / stepSeconds,
})
