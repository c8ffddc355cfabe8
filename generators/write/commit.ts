import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Disk } from './disk.ts'
import { type JournalStep, journalAt, type Phase, phaseOf, printJournal, readJournal } from './journal.ts'
import type { TargetPaths } from './path.ts'
import type { Draft } from './plan.ts'
import { errnoOf, fileProblem, type Problem } from './problem.ts'
import { canFinish, finish, keptAt, stagedAt, undo } from './settle.ts'
import { lstatOf } from './tree.ts'

/** What was done about an unfinished run: there was none, the tree is now the new or the old one, or neither was possible. */
export type Recovery = {
  readonly outcome: 'nothing' | 'finished' | 'undone' | 'stuck'
  readonly problems: readonly Problem[]
}

/** Carries out a draft, all or nothing; the lock must be held. Returns the problem if it failed. */
export const commit = async (
  disk: Disk,
  paths: TargetPaths,
  draft: Draft,
  isHeld: () => boolean,
): Promise<Problem | undefined> => {
  try {
    await stage(disk, paths, draft)
    if (!isHeld()) {
      await discard(disk, paths)
      return lostLock(paths)
    }
    await disk.rename(join(paths.staging, unnamedJournal), journalAt(paths, 'forward'))
    await disk.syncFolder(paths.staging)
  } catch (error) {
    await discard(disk, paths).catch(() => {})
    return withFate(paths, error, 'Nothing was changed.')
  }
  try {
    const { outcome, failure } = await settle(disk, paths, draft.steps, 'forward')
    await discard(disk, paths).catch(() => {})
    if (outcome === 'finished') return undefined
    return failure === undefined ? editedMeanwhile(paths) : withFate(paths, failure, 'Everything was put back.')
  } catch (error) {
    return stuck(paths, error)
  }
}

/** Finishes or undoes the run that was stopped in a place, and removes what it left; the lock must be held. */
export const settleUnfinished = async (disk: Disk, paths: TargetPaths): Promise<Recovery> => {
  if (!lstatOf(paths.staging)?.isDirectory()) return { outcome: 'nothing', problems: [] }
  const phase = phaseOf(paths)
  try {
    if (phase === undefined || phase === 'over') {
      // An empty folder is the last thing a completed run leaves, or the first thing a run creates.
      const isOver = phase === 'over' || readdirSync(paths.staging).length === 0
      await discard(disk, paths)
      return { outcome: isOver ? 'nothing' : 'undone', problems: [] }
    }
    const steps = readJournal(paths, phase)
    if ('code' in steps) return { outcome: 'stuck', problems: [steps] }
    const { outcome } = await settle(disk, paths, steps, phase)
    await discard(disk, paths).catch(() => {})
    return { outcome, problems: [] }
  } catch (error) {
    return { outcome: 'stuck', problems: [stuck(paths, error)] }
  }
}

const unnamedJournal = 'journal.part'

/** Puts all new files and the journal next to the target, and keeps the old files; the target is not touched. */
const stage = async (disk: Disk, paths: TargetPaths, { steps, texts }: Draft): Promise<void> => {
  await disk.mkdir(paths.staging)
  const creations = steps.flatMap((step, index) => {
    if (step.do !== 'put') return []
    const stats = step.old === null ? undefined : lstatOf(join(paths.target, step.path))
    const mode = stats === undefined ? 0o644 : stats.mode & 0o777
    return [() => disk.create(stagedAt(paths, index), texts.get(step.path) ?? '', mode, true)]
  })
  // Several concurrently: a journaling file system then commits them together.
  for (let first = 0; first < creations.length; first += atOnce) {
    const results = await Promise.allSettled(creations.slice(first, first + atOnce).map((create) => create()))
    for (const result of results) if (result.status === 'rejected') throw result.reason
  }
  for (const [index, step] of steps.entries()) {
    if (step.do === 'remove' || (step.do === 'put' && step.old !== null)) {
      await disk.keep(join(paths.target, step.path), keptAt(paths, index))
    }
  }
  await disk.create(join(paths.staging, unnamedJournal), printJournal(steps), 0o644, true)
  await disk.syncFolder(paths.staging)
  await disk.syncFolder(paths.parent)
}

const atOnce = 8

/** Takes all steps forward or, if that would lose something or fails, back. Throws if they cannot be taken back either. */
const settle = async (
  disk: Disk,
  paths: TargetPaths,
  steps: readonly JournalStep[],
  phase: Exclude<Phase, 'over'>,
): Promise<{ readonly outcome: 'finished' | 'undone'; readonly failure?: unknown }> => {
  let failure: unknown
  if (phase === 'forward') {
    try {
      if (canFinish(paths, steps)) {
        await finish(disk, paths, steps)
        await disk.rename(journalAt(paths, 'forward'), journalAt(paths, 'over'))
        return { outcome: 'finished' }
      }
    } catch (error) {
      failure = error
    }
    await disk.rename(journalAt(paths, 'forward'), journalAt(paths, 'backward'))
  }
  await undo(disk, paths, steps)
  await disk.rename(journalAt(paths, 'backward'), journalAt(paths, 'over'))
  return { outcome: 'undone', failure }
}

/** Removes the staging folder: a pending journal first, a completed one last. */
const discard = async (disk: Disk, paths: TargetPaths): Promise<void> => {
  if (!lstatOf(paths.staging)?.isDirectory()) return
  const rank = (name: string): number => ['forward.json', 'backward.json', 'over.json'].indexOf(name)
  const own = readdirSync(paths.staging).filter(
    (name) => rank(name) >= 0 || name === unnamedJournal || /^\d+\.(new|old)$/.test(name),
  )
  const order = (name: string): number => [0, 1, 3][rank(name)] ?? 2
  for (const name of own.sort((a, b) => order(a) - order(b))) await disk.unlink(join(paths.staging, name))
  await disk.rmdir(paths.staging)
}

const withFate = (paths: TargetPaths, error: unknown, fate: string): Problem => {
  const problem = fileProblem('cannot-write', pathOf(error) ?? paths.target, error)
  return { ...problem, message: `${problem.message} ${fate}` }
}

const stuck = (paths: TargetPaths, error: unknown): Problem => {
  const problem = fileProblem('cannot-write', pathOf(error) ?? paths.target, error)
  return {
    ...problem,
    code: 'unfinished',
    message: `${problem.message} ${paths.target} may be partly old and partly new; ${paths.staging} has the rest.`,
    fix: `${problem.fix} The next run finishes or undoes this one.`,
  }
}

const pathOf = (error: unknown): string | undefined => {
  if (errnoOf(error) === undefined || !(error instanceof Error)) return undefined
  if ('dest' in error && typeof error.dest === 'string') return error.dest
  return 'path' in error && typeof error.path === 'string' ? error.path : undefined
}

const editedMeanwhile = (paths: TargetPaths): Problem => ({
  code: 'hand-edited',
  path: paths.target,
  message: 'was edited while it was being written. Nothing else was changed.',
  fix: 'Run again.',
})

const lostLock = (paths: TargetPaths): Problem => ({
  code: 'busy',
  path: paths.target,
  message: 'another run took over while this one was preparing. Nothing was changed.',
  fix: 'Wait until it ends, then run again.',
})
