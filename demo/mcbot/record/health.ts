import { join } from 'node:path'
import { createEventQueue, type EventQueue, recordEvents } from '../../../runtime/events/index.ts'
import { random } from '../../paper/random.ts'
import type { FaultSwitches } from '../faults/list.ts'
import type { BotMetrics } from '../metrics.ts'
import { stake, stepSeconds, strategies, symbols } from '../setting.ts'
import { usdtOf } from '../trading/amount.ts'
import { createCircuitBreaker } from '../trading/circuit-breaker.ts'
import type { Desk, Events } from '../trading/desk.ts'

const capacity = 10_000
const congested = 7_000
const stepsPerMinute = 60 / stepSeconds
const restartEvery = 20 / stepSeconds

const components = ['strategy', 'execution', 'exchange', 'feed', 'risk', 'onchain'] as const
const errorTypes = ['timeout', 'connection', 'invalid_response', 'calculation', 'other'] as const

/** Records heartbeat, errors, and the event bus that the risk manager listens to; with a folder for its state, the circuit breaker outlives a restart. */
export function recordHealth(
  metrics: BotMetrics,
  switches: FaultSwitches,
  seed: string,
  now: () => number,
  folder: string | null,
): { readonly step: (events: Events, desk: Desk) => void } {
  const draw = random(seed, 'errors')
  const bus = createEventQueue<BusEvents>({
    capacity,
    droppable: ['tick', 'bar'],
    automatic: false,
    figures: {
      capacity: metrics.eventbus_queue_capacity,
      dropped: metrics.eventbus_events_dropped_total,
      handlerErrors: metrics.eventbus_handler_errors_total,
      onError: () => metrics.errors_total.inc({ component: 'risk', error_type: 'calculation' }),
    },
  })
  const breaker = createCircuitBreaker(folder === null ? null : join(folder, 'circuit-breaker-open'))
  const since = { critical: 0, restart: 0, reset: 0, congestion: 0 }
  let [steps, wasExceeded] = [0, false]
  metrics.circuit_breaker_open.collect(() => Number(breaker.isOpen()))
  metrics.start_timestamp.set(now() / 1000)
  metrics.heartbeat_timestamp.set(now() / 1000)

  bus.on('tick', () => {
    if (switches.isOn('error-burst')) throw new Error('cannot compute the risk of a tick')
  })
  recordEvents(bus, {
    fill: (worth) => {
      if (worth > 2.5 * stake) metrics.risk_alerts_total.inc({ level: 'info', finding: 'position_size' })
    },
    day: (dayReturn) => {
      if (dayReturn < -0.006) metrics.risk_alerts_total.inc({ level: 'warning', finding: 'strategy_loss' })
    },
  })
  /** Whether a fault that strikes at once and then every `every` steps strikes in this step. */
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
      const isExceeded = switches.isOn('circuit-breaker')
      if (isExceeded && breaker.trip()) metrics.circuit_breaker_total.inc()
      if (wasExceeded && !isExceeded) breaker.reset()
      wasExceeded = isExceeded
      if (comes('reset', switches.isOn('circuit-breaker-reset'), Number.POSITIVE_INFINITY) && breaker.trip()) {
        metrics.circuit_breaker_total.inc()
        breaker.reset()
      }
      if (comes('critical', switches.isOn('risk-critical'), stepsPerMinute))
        metrics.risk_alerts_total.inc({ level: 'critical', finding: 'account_loss' })
      const [component, error_type] = [draw.pick(components), draw.pick(errorTypes)]
      if (draw.chance(0.003)) metrics.errors_total.inc({ component, error_type })

      publish(bus, events, desk)
      const congestion = switches.isOn('queue-congestion')
      if (comes('congestion', congestion, Number.POSITIVE_INFINITY)) flood(bus, congested)
      metrics.eventbus_queue_depth.set(bus.depth())
      bus.dispatch(congestion ? congested : 0)
      if (!switches.isOn('events-dropped')) return
      flood(bus, capacity + 50)
      bus.dispatch(congestion ? congested : 0)
    },
  })
}

/** The events of the bus; a fill carries its value in USDT, a day the return of a strategy. */
interface BusEvents {
  readonly tick: null
  readonly bar: null
  readonly signal: null
  readonly order: null
  readonly fill: number
  readonly day: number
}

function flood(bus: EventQueue<BusEvents>, count: number): void {
  for (let i = 0; i < count; i++) bus.publish('bar', null)
}

function publish(bus: EventQueue<BusEvents>, { signals, orders, fills, dayEnded }: Events, desk: Desk): void {
  for (const _ of symbols) bus.publish('tick', null)
  for (const _ of signals) bus.publish('signal', null)
  for (const _ of orders) bus.publish('order', null)
  for (const { size, price } of fills) bus.publish('fill', Math.abs(usdtOf(size * price)))
  for (const strategy of dayEnded ? strategies : []) bus.publish('day', desk.record(strategy).returns().at(-1) ?? 0)
}
