import type { Bot } from '../../../definitions/language/bot.ts'
import type { Fields, LogEvent } from '../../../definitions/language/log-event.ts'
import { everyLine, type FieldMatch, type LineFilter } from '../../../definitions/language/log-query.ts'
import { fieldValues } from '../../logsql/field-values.ts'
import { listText } from '../../text/list-text.ts'
import { nearest } from '../../text/nearest.ts'
import { unknownEnvironment } from '../environment-problem.ts'

/** The options of `botwatch logs` that say which lines. */
interface Asked {
  readonly event: readonly string[]
  /** Each `FIELD=VALUE`. */
  readonly where: readonly string[]
  readonly level: LineFilter['level'] | undefined
  readonly env: string | undefined
}

/** What the options ask for, or what is wrong with them. */
export function filterOf(
  bot: Bot,
  { event, where, level, env }: Asked,
): LineFilter | { readonly wrong: readonly string[] } {
  const known = new Map(Object.values(bot.events).map((one) => [one.name, one]))
  const events = event.flatMap((one) => known.get(one) ?? [])
  const possible = events.length === 0 ? [...known.values()] : events
  const matches = where.map((word): readonly [field: string, value: string] => {
    const [field = '', ...value] = word.split('=')
    return [field, value.join('=')]
  })
  const wrong = [
    ...event
      .filter((one) => !known.has(one))
      .map((one) => `${bot.name} has no event '${one}', ${hint(one, known.keys())}`),
    ...matches.flatMap(([field, value]) => matchProblems(field, value, possible)),
    ...unknownEnvironment(bot, env),
  ]
  if (wrong.length > 0) return { wrong }
  return {
    ...everyLine(events),
    where: matches.map(([field, value]): FieldMatch => ({ field, values: [value], negated: false })),
    level: level ?? null,
  }
}

/** A field that no line has, or a value that it never has: either would look like a quiet log. */
function matchProblems(field: string, value: string, events: readonly LogEvent<Fields>[]): readonly string[] {
  if (!events.some(({ fields }) => Object.hasOwn(fields, field))) {
    const names = new Set(events.flatMap(({ fields }) => Object.keys(fields)))
    return [`no such line has a field '${field}', ${hint(field, names)}`]
  }
  const values = fieldValues(field, events)
  return values === null || values.includes(value) ? [] : [`${field} is never '${value}', ${hint(value, values)}`]
}

function hint(wrong: string, known: Iterable<string>): string {
  const all = [...known]
  return nearest(wrong, all) || `expected ${listText(all, 'or')}`
}
