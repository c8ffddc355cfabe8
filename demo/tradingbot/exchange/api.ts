import { random } from '../../paper/random.ts'
import type { FaultSwitches } from '../faults/list.ts'
import type { BotMetrics } from '../metrics.ts'
import type { BotLog } from '../record/log.ts'

type Endpoint = keyof typeof endpoints
type Failure = { readonly kind: 'timeout' | 'ban' | 'auth' | 'server'; readonly error: string }

/** The exchange's API as the bot calls it: which calls are answered, and what is recorded of them. */
export interface Api {
  /** Whether the call was answered, if need be when it was made again. */
  readonly call: (endpoint: Endpoint, symbol?: string) => boolean
  /** A call whose answer is lost. */
  readonly lose: (endpoint: Endpoint, symbol: string) => void
  /** Whether neither a ban nor a rejected key keeps the bot from trading. */
  readonly isOpen: () => boolean
}

/** Typical latency of each call in milliseconds, and whether it needs the API key. */
const endpoints = {
  order: { latency: 60, signed: true },
  cancel: { latency: 50, signed: true },
  account: { latency: 90, signed: true },
  open_orders: { latency: 70, signed: true },
  ticker: { latency: 40, signed: false },
} as const

/** In milliseconds. */
const [banLength, keyPause, timeout] = [120_000, 60_000, 10_000]
const chanceOfFailure = 0.004
const failures = {
  timeout: { kind: 'timeout', error: 'no answer within 10 s' },
  server: { kind: 'server', error: '502 Bad Gateway' },
  ban: { kind: 'ban', error: '418: way too many requests; IP banned (-1003)' },
  auth: { kind: 'auth', error: '401: invalid API-key, IP, or permissions for action (-2015)' },
} as const

export function createApi(
  seed: string,
  metrics: BotMetrics,
  log: BotLog,
  switches: FaultSwitches,
  now: () => number,
): Api {
  const draws = new Map(Object.keys(endpoints).map((endpoint) => [endpoint, random(seed, `api ${endpoint}`)]))
  const of = (endpoint: Endpoint) => draws.get(endpoint) as ReturnType<typeof random>
  /** Until when the bot makes no call, and none that needs the key. */
  let [banned, keyless] = [0, 0]
  let isKeyValid = true
  const waiting = new Set<Endpoint>()

  const send = (endpoint: Endpoint) => metrics.api_calls_total.inc({ endpoint })
  const fail = (endpoint: Endpoint, symbol: string, { kind, error }: Failure, latency_ms: number) =>
    log.api_error({ symbol, endpoint, kind, error, latency_ms })
  const isHeldBack = (endpoint: Endpoint) => now() < banned || (endpoints[endpoint].signed && now() < keyless)
  /** Whether a call is never answered; it is made once, and waited for. */
  const isUnanswered = (endpoint: Endpoint) =>
    (endpoint === 'account' && switches.isOn('balance-stale')) ||
    (endpoint === 'open_orders' && switches.isOn('reconciliation-stale'))
  const sayKey = (valid: boolean) => {
    isKeyValid = valid
    metrics.api_key_valid.set(valid ? 1 : 0)
  }
  const refusal = (endpoint: Endpoint): Failure | null => {
    if (switches.isOn('ban')) {
      banned = now() + banLength
      metrics.banned_until_timestamp.set(banned / 1000)
      return failures.ban
    }
    if (!endpoints[endpoint].signed) return null
    if (!switches.isOn('api-key')) {
      sayKey(true)
      return null
    }
    keyless = now() + keyPause
    sayKey(false)
    return failures.auth
  }
  const chance = (endpoint: Endpoint, fails: boolean): Failure | null => {
    // an order that fails is a fault of its own
    if (endpoint === 'order' || endpoint === 'cancel') return null
    if (switches.isOn('api-errors')) return failures.server
    return fails ? failures.timeout : null
  }
  return Object.freeze({
    call: (endpoint: Endpoint, symbol = '') => {
      const draw = of(endpoint)
      const fails = draw.chance(chanceOfFailure)
      const latency = Math.round(draw.lognormal(endpoints[endpoint].latency, 0.3))
      if (!isUnanswered(endpoint)) waiting.delete(endpoint)
      if (isHeldBack(endpoint) || waiting.has(endpoint)) return false
      send(endpoint)
      if (isUnanswered(endpoint)) {
        waiting.add(endpoint)
        return false
      }
      const refused = refusal(endpoint)
      if (refused !== null) {
        fail(endpoint, symbol, refused, latency)
        return false
      }
      const failed = chance(endpoint, fails)
      if (failed === null) return true
      fail(endpoint, symbol, failed, failed.kind === 'timeout' ? timeout : latency)
      send(endpoint)
      return true
    },
    lose: (endpoint: Endpoint, symbol: string) => {
      send(endpoint)
      fail(endpoint, symbol, failures.timeout, timeout)
    },
    isOpen: () => now() >= banned && isKeyValid,
  })
}
