import { age, counter, deviation, gauge, oneOf, timestamp } from '../../language/metrics.ts'

/** Layer 4: whether the bot itself is well. */
export const health = {
  uptime_seconds: age({
    help: 'Time since the process began.',
    deviates: deviation(
      'mcbot_uptime_seconds is a gauge that the bot sets',
      'A gauge set by a timer stands still when the loop does: it is computed at every scrape.',
    ),
  }),
  start_timestamp: gauge({
    help: 'When the process began, in seconds since 1970.',
    unit: timestamp,
    additive: false,
    deviates: deviation(
      'no metric and no alert for a bot that restarts again and again',
      'The start is the one figure that changes exactly once a restart: its changes are counted.',
    ),
  }),
  heartbeat_timestamp: gauge({
    help: 'When the main loop last went round, in seconds since 1970.',
    unit: timestamp,
    additive: false,
  }),
  errors_total: counter({
    help: 'Errors by the component that met them.',
    labels: {
      component: oneOf('strategy', 'execution', 'exchange', 'feed', 'risk', 'onchain'),
      error_type: oneOf('timeout', 'connection', 'invalid_response', 'calculation', 'other'),
    },
  }),
  eventbus_queue_depth: gauge({ help: 'Events that wait in the queue of the event bus.', initially: 0 }),
  eventbus_queue_capacity: gauge({
    help: 'Events that the queue of the event bus holds before it drops any.',
    deviates: deviation(
      'mcbot_eventbus_queue_depth > 5000, half of a queue whose size is no metric',
      'The threshold stays; the size stands beside the depth, so that a person sees how much room is left.',
    ),
  }),
  eventbus_events_dropped_total: counter({ help: 'Droppable events that the full event bus threw away.' }),
  eventbus_handler_errors_total: counter({ help: 'Exceptions that escaped from handlers of the event bus.' }),
  circuit_breaker_total: counter({
    help: 'Times that the circuit breaker closed all positions because a loss limit was passed.',
    deviates: deviation('mcbot_circuit_breaker', 'A counter ends in _total in every exposition format.'),
  }),
  risk_alerts_total: counter({
    help: 'Findings of the risk manager by level.',
    labels: { level: oneOf('info', 'warning', 'critical') },
    deviates: deviation('mcbot_risk_alerts', 'A counter ends in _total in every exposition format.'),
  }),
}
