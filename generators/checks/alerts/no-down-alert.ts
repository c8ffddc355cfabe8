import { botCheck } from '../check.ts'
import { asksFor, limitComparisons } from '../parts.ts'
import { botSubject } from '../subjects.ts'

/** No alert reports that the bot is gone: without series no other alert fires, and silence looks like health. */
export const noDownAlert = botCheck({
  code: 'BW606',
  name: 'no-down-alert',
  severity: 'error',
  finds: 'No alert fires if the bot does not answer scrapes, or is not a scrape target at all',
  look: ({ bot, alerts }) => {
    const own = (matchers: readonly { readonly label: string; readonly value: string }[]) =>
      !matchers.some(({ label, value }) => label === 'job' && value !== bot.name)
    const isDown = alerts.some(({ expressions }) =>
      expressions.some(
        ({ expression }) =>
          expression !== null &&
          limitComparisons(expression).some(
            ({ what, op, limit }) =>
              asksFor(what).some(({ node }) => node.name === 'up' && own(node.matchers)) &&
              ((op === '==' && limit === 0) || ((op === '<' || op === '<=') && limit <= 1)),
          ),
      ),
    )
    const isAbsent = alerts.some(({ expressions }) =>
      expressions.some(
        ({ expression }) =>
          expression?.all.some(
            (of) =>
              of.node.kind === 'call' &&
              of.node.fn.startsWith('absent') &&
              asksFor(of).some(({ node }) => own(node.matchers)),
          ) ?? false,
      ),
    )
    const missing = [
      ...(isDown ? [] : [['does not answer scrapes', "alert({ when: scrape.up.where({ job: '…' }).eq(flag(0)), … })"]]),
      ...(isAbsent ? [] : [['is no longer a scrape target', 'absence({ of: scrape.up, … })']]),
    ]
    return missing.map(([what, fix]) => ({
      subject: botSubject(bot),
      message: `no alert fires if the bot ${what}: without its series no other alert can fire, and silence looks like health`,
      fix: `add one: ${fix}`,
    }))
  },
})
