import type { declared } from '../../definitions/mcbot/metrics.ts'
import type { Metrics } from '../../runtime/index.ts'

/** The handles of everything that MC Coin Bot may write. */
export type BotMetrics = Metrics<typeof declared>
