import { botCheck } from '../check.ts'
import { asksFor } from '../parts.ts'
import { recordSubject } from '../subjects.ts'

/** A recording rule that is evaluated for nothing. */
export const unusedRecord = botCheck({
  code: 'BW702',
  name: 'unused-record',
  severity: 'warning',
  finds: 'Nothing uses the series of a recording rule',
  look: ({ bot, alerts, records, panels }) => {
    const looked = [
      ...alerts.flatMap((one) => one.expressions),
      ...records.map((one) => one.expression),
      ...panels.flatMap(({ shown }) => shown.map((one) => one.looked)),
    ]
    const asked = new Set(
      looked.flatMap(({ expression }) =>
        expression === null ? [] : asksFor(expression.meaning).map(({ node }) => node.name),
      ),
    )
    // a pattern of names may match any of them, and text that cannot be parsed may use anything
    if (asked.has('') || looked.some(({ expression }) => expression === null)) return []
    return bot.records
      .filter(({ name }) => !asked.has(name))
      .map((record) => ({
        subject: recordSubject(record),
        message: 'no rule, alert or panel uses its series, so it is evaluated for nothing',
        fix: 'use its series in place of the expression, or remove it',
      }))
  },
})
