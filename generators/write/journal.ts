import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isReserved, manifestPath, pathProblem, type TargetPaths } from './path.ts'
import { errnoOf, fileProblem, type Problem } from './problem.ts'
import { lstatOf } from './tree.ts'

/**
 * One step from the old tree to the new; `old` and `new` are SHA-256 in hexadecimal. A step's new file is in
 * the staging folder as `<index>.new`, its old one as `<index>.old`.
 */
export type JournalStep =
  | { readonly do: 'remove'; readonly path: string; readonly old: string }
  | { readonly do: 'rmdir'; readonly path: string }
  | { readonly do: 'mkdir'; readonly path: string }
  | { readonly do: 'put'; readonly path: string; readonly old: string | null; readonly new: string }

/** The state of a run, which is the name of its journal: to be finished, to be undone, or over. */
export type Phase = 'forward' | 'backward' | 'over'

const journalFormat = 1

/** The file in the staging folder that holds the steps in a phase; a rename moves them to the next one. */
export const journalAt = (paths: TargetPaths, phase: Phase): string => join(paths.staging, `${phase}.json`)

/** The phase of the run whose staging folder exists; undefined if it has changed nothing yet or there is none. */
export const phaseOf = (paths: TargetPaths): Phase | undefined =>
  (['forward', 'backward', 'over'] as const).find((phase) => lstatOf(journalAt(paths, phase)) !== undefined)

export const printJournal = (steps: readonly JournalStep[]): string =>
  `${JSON.stringify({ format: journalFormat, steps })}\n`

/** Reads the steps of an unfinished run; an unreadable journal is a problem. */
export const readJournal = (paths: TargetPaths, phase: Phase): readonly JournalStep[] | Problem => {
  const path = journalAt(paths, phase)
  const broken = (message: string): Problem => ({
    code: 'broken-journal',
    path,
    message: `${message}, so its run can be neither finished nor undone; ${paths.target} may be partly old and partly new.`,
    fix: `Restore ${paths.target} from version control, remove ${paths.staging}, then run again.`,
  })
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    return errnoOf(error) === 'EISDIR' ? broken('is a folder') : fileProblem('cannot-read', path, error)
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return broken('is not JSON')
  }
  const journal = journalSchema.safeParse(json)
  if (journal.success) return journal.data.steps
  const [issue] = journal.error.issues
  return broken(`is not a journal of format ${journalFormat} (${[...(issue?.path ?? []), issue?.message].join(': ')})`)
}

const path = z
  .string()
  .refine(
    (text) => text === manifestPath || (pathProblem(text) === undefined && !isReserved(text)),
    'is not allowed as the path of a generated file',
  )
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal')

const journalSchema = z.strictObject({
  format: z.literal(journalFormat),
  steps: z.array(
    z.discriminatedUnion('do', [
      z.strictObject({ do: z.literal('remove'), path, old: hash }),
      z.strictObject({ do: z.literal('rmdir'), path }),
      z.strictObject({ do: z.literal('mkdir'), path: z.union([z.literal(''), path]) }),
      z.strictObject({ do: z.literal('put'), path, old: hash.nullable(), new: hash }),
    ]),
  ),
})
