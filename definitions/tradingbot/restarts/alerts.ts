import { deviation } from '../../language/index.ts'
import { restartsOf } from '../../watchers/restarts.ts'
import { log } from '../dashboards/log.ts'
import { monitor } from '../dashboards/monitor.ts'
import { flattenByHand } from '../flatten.ts'

/** The watchdog: what it did, and whether it can still do it. */
export const restartAlerts = restartsOf({
  bot: 'tradingbot',
  silent: 'four minutes',
  flatten: flattenByHand,
  panels: {
    restarts: monitor.panels.watchdogRestarts,
    restartsLeft: monitor.panels.restartsLeft,
    differences: monitor.panels.differences,
    all: log.panels.all,
    attention: log.panels.attention,
  },
  deviates: {
    down: deviation(
      'nothing monitors the watchdog',
      'A watchdog that has ended looks like one that has nothing to do.',
    ),
    restarted: deviation(
      'a restart sends no notification, and the output of the new process goes into a pipe that nobody reads',
      'Each restart is notified with its reason. A pipe that is full stops the bot at its next line: the watchdog reads it.',
    ),
    noneLeft: deviation(
      'every heartbeat resets the restart count; after three restarts the watchdog itself ends with an error',
      'A bot in a crash loop that sends one heartbeat per start is restarted forever: here the count is reset only after ten minutes of health. The watchdog says beforehand that it will give up, and posts BotGivenUp when it does.',
    ),
  },
})
