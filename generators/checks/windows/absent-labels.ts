import { expressionCheck } from '../check.ts'
import { calls, remark } from '../parts.ts'

const absences = new Set(['absent', 'absent_over_time'])

/** What is absent carries only what was asked for by `=`: without bot and env nobody is told, or the wrong ones. */
export const absentLabels = expressionCheck({
  code: 'BW506',
  name: 'absent-without-labels',
  severity: 'error',
  finds: 'absent() yields no label by which the alert could be routed',
  needs: 'text',
  roles: ['alert'],
  look: (expression) =>
    calls(expression, absences).flatMap((of) => {
      const { identity } = expression.setting
      const missing = identity.filter((label) => !of.labels.has(label))
      if (identity.length > 0 ? missing.length === 0 : of.labels.size > 0) return []
      const asked = missing.length > 0 ? missing : ['job']
      return [
        remark(
          expression,
          of,
          `${of.node.fn}() carries what its selector asks for by = and nothing else, so not ${missing.join(' and ') || 'any label'}: nobody can tell whom it is about, and it is routed as if it were about nobody`,
          `ask for it by =, such as {${asked.map((label) => `${label}="…"`).join(', ')}}`,
        ),
      ]
    }),
})
