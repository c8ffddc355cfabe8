import { age, counter, deviation, flag, gauge, oneOf, timestamp } from '../../language/metrics.ts'

/** Layer 4: the health of the bot itself. */
export const healthMetrics = {
  uptime_seconds: age({
    help: 'Time since the process started.',
    deviates: deviation(
      'mcbot_uptime_seconds is a gauge that the bot sets',
      'A gauge set by a timer freezes when the loop does: it is computed at every scrape.',
    ),
  }),
  start_timestamp: gauge({
    help: 'Unix time at which the process started.',
    unit: timestamp,
    additive: false,
    mustBeSetWithin: '1m',
    deviates: deviation(
      'no metric and no alert for a bot that keeps restarting',
      'The start time is the one figure that changes exactly once per restart: its changes are counted.',
    ),
  }),
  heartbeat_timestamp: gauge({
    help: 'Unix time of the last main loop heartbeat, at least every 10 seconds.',
    unit: timestamp,
    additive: false,
    mustBeSetWithin: '2m',
  }),
  errors_total: counter({
    help: 'Errors by component and type.',
    labels: {
      component: oneOf('strategy', 'execution', 'exchange', 'feed', 'risk', 'onchain'),
      error_type: oneOf('timeout', 'connection', 'invalid_response', 'calculation', 'other'),
    },
  }),
  eventbus_queue_depth: gauge({ help: 'Events waiting in the event bus queue.', initially: 0 }),
  eventbus_queue_capacity: gauge({
    help: 'Events that fit in the event bus queue before it drops any.',
    deviates: deviation(
      'mcbot_eventbus_queue_depth > 5000, half of a queue whose size is not a metric',
      'The threshold stays, and the capacity is exposed as well, so that the panel shows how much room is left.',
    ),
  }),
  eventbus_events_dropped_total: counter({ help: 'Droppable events discarded because the event bus queue was full.' }),
  eventbus_handler_errors_total: counter({ help: 'Uncaught exceptions in event bus handlers.' }),
  circuit_breaker_total: counter({
    help: 'Times the circuit breaker closed all positions because a loss limit was exceeded.',
    deviates: deviation('mcbot_circuit_breaker', 'A counter ends in _total in every exposition format.'),
  }),
  circuit_breaker_open: gauge({
    help: 'Whether the circuit breaker is open: from a trip until somebody resets it, also across restarts.',
    unit: flag,
    additive: false,
    mustBeSetWithin: '1m',
    deviates: deviation(
      'mcbot_circuit_breaker is all there is about the circuit breaker',
      'A counter does not say whether trading is still halted, and loses a trip that the process does not survive: the state is a metric of its own.',
    ),
  }),
  risk_alerts_total: counter({
    help: 'Findings of the risk manager, by level.',
    labels: {
      level: oneOf('info', 'warning', 'critical'),
      finding: oneOf('position_size', 'leverage', 'margin', 'strategy_loss', 'account_loss', 'other'),
    },
    deviates: deviation(
      'mcbot_risk_alerts has the label level only',
      'A counter ends in _total in every exposition format, and a message that only says “critical” says nothing: it names what was found.',
    ),
  }),
}
