import type { Switches } from '../faults/switches.ts'
import type { BotMetrics } from '../metrics.ts'
import { random } from '../random.ts'
import { stepSeconds } from '../setting.ts'

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

export function createExchangeApi(seed: string, metrics: BotMetrics, switches: Switches): ExchangeApi {
  const draw = random(seed, 'exchange api')
  let failures = 0
  let used = 0
  let calls = 0
  let steps = 0
  metrics.exchange_rate_limit_max.set(weightPerMinute)
  metrics.exchange_rate_limit_used.collect(() => (switches.isOn('rate-limit') ? 0.97 * weightPerMinute : used))
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
      metrics.exchange_api_latency_seconds.observe({ endpoint }, draw.lognormal(latency, 0.4))
      const ordinary = luck < 0.003 ? 'failure' : luck < 0.0035 ? 'rate_limited' : 'success'
      const status = fails() ? 'failure' : ordinary
      if (switches.isOn('exchange-maintenance'))
        metrics.errors_total.inc({ component: 'exchange', error_type: 'connection' })
      metrics.exchange_api_calls_total.inc({ endpoint, status })
      failures = status === 'success' ? 0 : failures + 1
      used += weight
    },
    step: () => {
      steps += 1
      if (steps % stepsPerMinute === 0) used = 0
    },
  })
}
