import type { Switches } from '../faults/switches.ts'
import type { BotMetrics } from '../metrics.ts'
import { type BusEvent, createEventBus } from '../outside/event-bus.ts'
import { random } from '../random.ts'
import { stake, stepSeconds, strategies, symbols } from '../setting.ts'
import { usdtOf } from '../trading/amount.ts'
import type { Desk, Events } from '../trading/desk.ts'

const capacity = 10_000
const congested = 7_000
const stepsPerMinute = 60 / stepSeconds
const restartEvery = 20 / stepSeconds

const components = ['strategy', 'execution', 'exchange', 'feed', 'risk', 'onchain'] as const
const errorTypes = ['timeout', 'connection', 'invalid_response', 'calculation', 'other'] as const

/** Heartbeat, errors, and the event bus on which the risk manager listens. */
export function recordHealth(
  metrics: BotMetrics,
  switches: Switches,
  seed: string,
  now: () => number,
): { readonly step: (events: Events, desk: Desk) => void } {
  const draw = random(seed, 'errors')
  const bus = createEventBus(capacity, {
    dropped: () => metrics.eventbus_events_dropped_total.inc(),
    failed: () => {
      metrics.eventbus_handler_errors_total.inc()
      metrics.errors_total.inc({ component: 'risk', error_type: 'calculation' })
    },
  })
  const since = { breaker: 0, critical: 0, restart: 0, congestion: 0 }
  let steps = 0
  metrics.eventbus_queue_capacity.set(capacity)
  metrics.start_timestamp.set(now() / 1000)
  metrics.heartbeat_timestamp.set(now() / 1000)

  const watchRisk = ({ kind, amount }: BusEvent) => {
    if (kind === 'tick' && switches.isOn('error-burst')) throw new Error('the risk of a tick could not be computed')
    if (kind === 'fill' && amount > 2.5 * stake) metrics.risk_alerts_total.inc({ level: 'info' })
    if (kind === 'day' && amount < -0.006) metrics.risk_alerts_total.inc({ level: 'warning' })
  }
  /** Whether a fault that comes at once and then every so many steps comes in this one. */
  const comes = (key: keyof typeof since, on: boolean, every: number): boolean => {
    if (!on) since[key] = 0
    else if (since[key] === 0) since[key] = steps
    return on && (steps - since[key]) % every === 0
  }

  return Object.freeze({
    step: (events: Events, desk: Desk) => {
      steps += 1
      if (!switches.isOn('heartbeat-stop')) metrics.heartbeat_timestamp.set(now() / 1000)
      if (comes('restart', switches.isOn('restart-loop'), restartEvery)) metrics.start_timestamp.set(now() / 1000)
      if (comes('breaker', switches.isOn('circuit-breaker'), stepsPerMinute)) metrics.circuit_breaker_total.inc()
      if (comes('critical', switches.isOn('risk-critical'), stepsPerMinute))
        metrics.risk_alerts_total.inc({ level: 'critical' })
      const [component, error_type] = [draw.pick(components), draw.pick(errorTypes)]
      if (draw.chance(0.003)) metrics.errors_total.inc({ component, error_type })

      for (const event of eventsOf(events, desk)) bus.publish(event)
      const congestion = switches.isOn('queue-congestion')
      if (comes('congestion', congestion, Number.POSITIVE_INFINITY)) flood(bus.publish, congested)
      metrics.eventbus_queue_depth.set(bus.depth())
      bus.dispatch(watchRisk, congestion ? congested : 0)
      if (!switches.isOn('events-dropped')) return
      flood(bus.publish, capacity + 50)
      bus.dispatch(() => {}, congestion ? congested : 0)
    },
  })
}

const tick = { kind: 'tick', droppable: true, amount: 0 } as const

const flood = (publish: (event: BusEvent) => void, count: number) => {
  for (let i = 0; i < count; i++) publish(tick)
}

function eventsOf({ signals, orders, fills, dayEnded }: Events, desk: Desk): readonly BusEvent[] {
  return [
    ...symbols.map(() => tick),
    ...signals.map(() => ({ kind: 'signal', droppable: false, amount: 0 }) as const),
    ...orders.map(() => ({ kind: 'order', droppable: false, amount: 0 }) as const),
    ...fills.map(({ size, price }) => {
      const worth = Math.abs(usdtOf(size * price))
      return { kind: 'fill', droppable: false, amount: worth } as const
    }),
    ...(dayEnded ? strategies : []).map((strategy) => {
      const amount = desk.record(strategy).returns().at(-1) ?? 0
      return { kind: 'day', droppable: false, amount } as const
    }),
  ]
}
