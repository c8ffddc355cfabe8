import { random } from '../../paper/random.ts'
import type { FaultSwitches } from '../faults/list.ts'
import type { BotMetrics } from '../metrics.ts'
import { stepSeconds } from '../setting.ts'
import { createExchangeBan } from './exchange-ban.ts'
import { createOrderLimits } from './order-limits.ts'

type Endpoint = keyof typeof endpoints

/** The exchange's API: latency, outcome and rate limit use of calls. */
interface ExchangeApi {
  readonly call: (endpoint: Endpoint) => void
  readonly step: () => void
}

/** Typical latency in seconds and request weight of each call. */
const endpoints = {
  order: { latency: 0.06, weight: 1 },
  cancel: { latency: 0.05, weight: 1 },
  account: { latency: 0.09, weight: 5 },
  klines: { latency: 0.07, weight: 2 },
  funding: { latency: 0.05, weight: 1 },
  open_interest: { latency: 0.05, weight: 1 },
} as const

const weightPerMinute = 2400
const stepsPerMinute = 60 / stepSeconds
/** Under the fault `api-intermittent`, one call in this many fails. */
const intermittent = 3

export function createExchangeApi(
  seed: string,
  metrics: BotMetrics,
  switches: FaultSwitches,
  now: () => number,
): ExchangeApi {
  const draw = random(seed, 'exchange api')
  const ban = createExchangeBan(metrics, switches, now)
  const orders = createOrderLimits(metrics, switches, now)
  let failures = 0
  let used = 0
  let calls = 0
  let steps = 0
  metrics.exchange_rate_limit_max.set(weightPerMinute)
  metrics.exchange_consecutive_failures.collect(() => failures)
  const fails = () =>
    switches.isOn('api-unhealthy') ||
    switches.isOn('exchange-maintenance') ||
    (switches.isOn('api-intermittent') && calls % intermittent === 0)
  return Object.freeze({
    call: (endpoint: Endpoint) => {
      calls += 1
      const { latency, weight } = endpoints[endpoint]
      const luck = draw.next()
      const took = draw.lognormal(latency, 0.4)
      // orders leave from another address than everything else
      const answer = endpoint === 'order' || endpoint === 'cancel' ? 'accepted' : ban.answer()
      if (answer === 'not sent') return
      metrics.exchange_api_latency_seconds.observe({ endpoint }, took)
      const ordinary = fails() || luck < 0.003 ? 'failure' : 'success'
      const status = answer === 'refused' ? 'rate_limited' : ordinary
      if (switches.isOn('exchange-maintenance'))
        metrics.errors_total.inc({ component: 'exchange', error_type: 'connection' })
      metrics.exchange_api_calls_total.inc({ endpoint, status })
      // a refusal is neither: the exchange works, and says so
      if (status === 'success') failures = 0
      else if (status === 'failure') failures += 1
      used += weight
      // the exchange says it with every response, and only then
      metrics.exchange_rate_limit_used.set(switches.isOn('rate-limit') ? 0.97 * weightPerMinute : used)
      if (endpoint === 'order') orders.sent()
    },
    step: () => {
      steps += 1
      if (steps % stepsPerMinute === 0) used = 0
    },
  })
}
