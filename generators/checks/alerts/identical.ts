import { print } from '../../promql/print.ts'
import { botCheck } from '../check.ts'
import { alertSubject } from '../subjects.ts'

/** Two alerts with one condition: each problem notifies twice. */
export const identical = botCheck({
  code: 'BW604',
  name: 'identical-rules',
  severity: 'error',
  finds: 'Two alerts have the same condition, or two recording rules the same expression',
  look: ({ alerts, bot }) => {
    const seen = new Map<string, string>()
    const records = new Map<string, string>()
    return [
      ...alerts
        .filter(({ alert }) => alert.of !== 'watchdog')
        .flatMap(({ alert, rule }) => {
          const [first] = rule.rules
          if (first === undefined) return []
          const text = `${print(first.expr)} for ${first.for ?? '0s'}`
          const other = seen.get(text)
          if (other === undefined) seen.set(text, alert.name)
          return other === undefined
            ? []
            : [
                {
                  subject: alertSubject(alert),
                  message: `it has the same condition as ${other}: one problem, two notifications`,
                  fix: 'keep one',
                },
              ]
        }),
      ...bot.records.flatMap((record) => {
        const text = print(record.of)
        const other = records.get(text)
        if (other === undefined) records.set(text, record.name)
        return other === undefined
          ? []
          : [
              {
                subject: { of: `recording rule ${record.name}`, key: record.key, where: record.where },
                message: `it has the same expression as ${other}`,
                fix: `keep one and use its series`,
              },
            ]
      }),
    ]
  },
})
