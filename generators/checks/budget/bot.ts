import { wholeCheck } from '../check.ts'
import { botSubject } from '../subjects.ts'

/** What one small Prometheus beside a bot holds without a thought. */
const botBudget = 20_000

/** More series than a bot is worth: every one costs memory for as long as samples are kept. */
export const seriesOfBot = wholeCheck({
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
            message: `its metrics and those of its exporters are up to ${model.seriesBound} series, more than ${botBudget}`,
            fix: 'lower the budgets of open labels, or leave a label out',
          },
        ],
})
