import { botCheck } from '../check.ts'
import { botSubject } from '../subjects.ts'

/** What a small Prometheus next to a bot handles easily. */
const botBudget = 20_000

/** More series than a bot needs: each one costs Prometheus memory and disk. */
export const seriesOfBot = botCheck({
  code: 'BW801',
  name: 'series-of-bot',
  severity: 'warning',
  finds: `A bot can expose more than ${botBudget} series`,
  look: ({ bot, model }) =>
    model.seriesBound <= botBudget
      ? []
      : [
          {
            subject: botSubject(bot),
            message: `its metrics and those of its exporters can reach ${model.seriesBound} series, more than ${botBudget}`,
            fix: 'lower the budgets of open labels, or drop a label',
          },
        ],
})
