import { type EnvEntry, type EnvFile, textAfterQuote } from './dotenv.ts'
import type { SettingProblem } from './setting-problems.ts'

/** Lines of `.env` that Compose rejects, or from which it would silently lose a part; none of their text is in the messages. */
export function dotenvProblems({ entries, problem }: EnvFile): readonly SettingProblem[] {
  return [
    ...entries.flatMap((entry) => {
      const message = lossIn(entry)
      return message === null ? [] : [{ line: entry.line, message }]
    }),
    ...(problem === null ? [] : [{ line: problem.line, message: `${problem.wrong}.` }]),
  ]
}

function lossIn({ name, hasUnset, followsQuote }: EnvEntry): string | null {
  if (followsQuote) return `${textAfterQuote}.`
  if (name === '') return 'the line has no name before its value: expected NAME=value.'
  return hasUnset
    ? 'a `$` in the value is followed by the name of a variable that is not set, so Docker Compose would cut it out: put the value in single quotes.'
    : null
}
