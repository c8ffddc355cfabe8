import { listText } from '../../text/list-text.ts'
import { expressionCheck } from '../check.ts'
import { calls, remark } from '../parts.ts'

const absences = new Set(['absent', 'absent_over_time'])

/** absent() has only the labels matched with `=`: without bot and env the alert is routed to nobody in particular. */
export const absentLabels = expressionCheck({
  code: 'BW506',
  name: 'absent-without-labels',
  severity: 'error',
  finds: 'absent() yields a series without the labels that route the alert',
  needs: 'text',
  roles: ['alert'],
  look: (expression) =>
    calls(expression, absences).flatMap((of) => {
      const { identity } = expression.use
      const missing = identity.filter((label) => !of.labels.has(label))
      if (identity.length > 0 ? missing.length === 0 : of.labels.size > 0) return []
      const asked = missing.length > 0 ? missing : ['job']
      return [
        remark(
          expression,
          of,
          `${of.node.fn}() has only the labels that its selector matches with =, so no ${listText(missing, 'or') || 'labels'}: the message cannot say where it comes from${missing.includes('env') ? ', and only the default route matches' : ''}`,
          `match them with =, such as {${asked.map((label) => `${label}="…"`).join(', ')}}`,
        ),
      ]
    }),
})
