import { alerts, deviation } from '../../language/index.ts'
import { restartLoop } from '../../watchers/process.ts'
import { log } from '../dashboards/log.ts'
import { monitor } from '../dashboards/monitor.ts'
import { flattenByHand } from '../flatten.ts'
import { metrics } from '../series.ts'
import { downAlerts } from './down.ts'

/** A process that does not stay up. */
export const restartLoopAlerts = alerts({
  RestartLoop: restartLoop({
    bot: 'tradingbot',
    started: metrics.start_timestamp,
    flatten: flattenByHand,
    restarts: monitor.panels.restarts,
    attention: log.panels.attention,
    mutedBy: [downAlerts.BotDown],
    deviates: deviation(
      'the only limit on restarts is reset by every heartbeat',
      'A bot that crashes a minute after each start sends a heartbeat in between and is restarted forever: restarts in half an hour are counted from outside.',
    ),
  }),
})
