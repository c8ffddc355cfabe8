import { restartsOf } from '../../watchers/restarts.ts'
import { forgotten } from '../alert-deviations.ts'
import { risk } from '../dashboards/risk.ts'
import { system } from '../dashboards/system.ts'
import { flattenByHand } from '../flatten.ts'

const watchdog = forgotten(
  'restarts',
  'The document starts the bot with Docker, which restarts it silently and never notices that it hangs: `botwatch watchdog` does both, and says so.',
)

/** The watchdog: what it did, and whether it can still do it. */
export const restartAlerts = restartsOf({
  bot: 'arbot',
  silent: 'two minutes',
  flatten: flattenByHand,
  panels: {
    restarts: system.panels.watchdogRestarts,
    restartsLeft: system.panels.restartsLeft,
    differences: risk.panels.differences,
    all: system.panels.all,
    attention: system.panels.attention,
  },
  deviates: { down: watchdog, restarted: watchdog, noneLeft: watchdog },
})
