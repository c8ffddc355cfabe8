import { alerts } from '../../language/index.ts'
import { restartLoop } from '../../watchers/process.ts'
import { forgotten } from '../alert-deviations.ts'
import { system } from '../dashboards/system.ts'
import { flattenByHand } from '../flatten.ts'
import { metrics } from '../series.ts'
import { downAlerts } from './down.ts'

/** A process that does not stay up. */
export const restartLoopAlerts = alerts({
  RestartLoop: restartLoop({
    bot: 'arbot',
    started: metrics.start_timestamp,
    flatten: flattenByHand,
    restarts: system.panels.restarts,
    attention: system.panels.attention,
    mutedBy: [downAlerts.BotDown],
    deviates: forgotten(
      'a bot that keeps restarting',
      'Each start reads its books from every exchange again, while legs of the last one may still be open.',
    ),
  }),
})
