import type { AnyAlert } from '../../../definitions/language/alert.ts'
import type { Op } from '../../../definitions/language/node.ts'
import { print } from '../../promql/print.ts'
import type { CheckedAlert } from '../bot-context.ts'
import { botCheck } from '../check.ts'
import { limitComparisons } from '../parts.ts'
import { alertSubject } from '../subjects.ts'

interface Limit {
  readonly alert: AnyAlert
  readonly op: Op
  readonly limit: number
}

/** Two limits on the same value: past the further one both alerts fire, and nothing mutes the lesser. */
export const overlapping = botCheck({
  code: 'BW605',
  name: 'overlapping-rules',
  severity: 'warning',
  finds: 'Every time one alert fires another fires as well, and is not muted by it',
  look: ({ alerts }) => {
    const byThing = new Map<string, Limit[]>()
    for (const one of alerts) {
      const found = limitOf(one)
      if (found === null) continue
      const others = byThing.get(found.thing)
      if (others === undefined) byThing.set(found.thing, [found])
      else others.push(found)
    }
    return [...byThing.values()].flatMap((all) =>
      all.flatMap((lesser) =>
        all
          .filter(
            (greater) =>
              implies(greater, lesser) && !lesser.alert.mutedBy.some(({ name }) => name === greater.alert.name),
          )
          .slice(0, 1)
          .map((greater) => ({
            subject: alertSubject(lesser.alert),
            message: `every time ${greater.alert.name} fires (${greater.op} ${greater.limit}) this fires as well (${lesser.op} ${lesser.limit}): one problem, two notifications`,
            fix: `let the other mute it: mutedBy: [${greater.alert.name}]`,
          })),
      ),
    )
  },
})

/** The single limit that decides an alert, and what it limits; null if more than that decides. */
function limitOf({ alert, expressions }: CheckedAlert): (Limit & { readonly thing: string }) | null {
  const [first] = expressions
  if (first?.expression == null || expressions.length > 1) return null
  const [only] = limitComparisons(first.expression)
  if (only === undefined || only.of !== first.expression.meaning) return null
  return { alert, op: only.op, limit: only.limit, thing: `${print(only.what.node)} ${only.op[0]}` }
}

/** Whether a value that passes one limit passes the other: the same direction, further out. */
const implies = (a: Limit, b: Limit): boolean =>
  a.alert !== b.alert && ((a.op.startsWith('>') && a.limit > b.limit) || (a.op.startsWith('<') && a.limit < b.limit))
