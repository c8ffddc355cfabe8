import type { Bot } from '../../definitions/language/bot.ts'
import type { Duration } from '../../definitions/language/duration.ts'
import type { Model } from '../../generators/model/model.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { resolve } from '../../generators/resolve/resolve.ts'

/** The model of a bot whose alerts Grafana manages: one word of its definition is changed. */
export const managedByGrafana = (bot: Bot, evaluate: Duration = bot.stack.evaluate as Duration): Model =>
  resolve(
    Object.freeze({ ...bot, alertsManagedBy: 'grafana' as const, stack: Object.freeze({ ...bot.stack, evaluate }) }),
    containerTopology,
  ).model
