import { commit, type Recovery, settleUnfinished } from './commit.ts'
import { type Before, createDisk, type Disk } from './disk.ts'
import { phaseOf } from './journal.ts'
import { heldBy, type Lock, takeLock } from './lock.ts'
import { type Place, pathProblems, placeOf } from './path.ts'
import { draftOf, hasChanges, type Plan, refused } from './plan.ts'
import { fileProblem, type Problem } from './problem.ts'
import { lstatOf } from './tree.ts'

type PlanOptions = {
  /** Overwrites and removes hand-edited files; never foreign ones. */
  readonly force: boolean
}

type WriteOptions = PlanOptions & {
  /** Milliseconds to wait for another run to end; 10 s by default. */
  readonly wait?: number
  readonly before?: Before
}

/** Compares a target with the files that should be in it, by path relative to it; only reads. */
export const plan = async (target: string, files: ReadonlyMap<string, string>, options: PlanOptions): Promise<Plan> => {
  const place = placeOf(target)
  const faults = pathProblems(target, files.keys())
  if (faults.length > 0) return refused(target, faults)
  return readable(place, () => {
    const before = runUnderWay(place)
    if (before !== undefined) return refused(target, [before])
    const drafted = draftOf(target, files, options.force).plan
    // If a run began meanwhile, what was read may be neither old nor new.
    const after = runUnderWay(place)
    return after === undefined ? drafted : refused(target, [after])
  })
}

/**
 * Makes a target contain exactly these files, all or nothing: finishes or undoes an unfinished run, plans, and carries
 * out the plan. If the returned plan has problems, none of it was carried out.
 */
export const write = async (
  target: string,
  files: ReadonlyMap<string, string>,
  options: WriteOptions,
): Promise<Plan> => {
  const place = placeOf(target)
  const faults = pathProblems(target, files.keys())
  if (faults.length > 0) return refused(target, faults)
  if (!hasLeftovers(place)) {
    const first = readable(place, () => draftOf(target, files, options.force).plan)
    if (first.problems.length > 0 || !hasChanges(first)) return first
  }
  const done = await locked(place, options, async (disk, lock) => {
    const recovery = await settleUnfinished(disk, place)
    if (recovery.problems.length > 0) return refused(target, recovery.problems)
    const draft = draftOf(target, files, options.force)
    if (draft.plan.problems.length > 0 || draft.steps.length === 0) return draft.plan
    const problem = await commit(disk, place, draft, lock.isHeld)
    return problem === undefined ? draft.plan : { ...draft.plan, problems: [problem] }
  })
  return 'code' in done ? refused(target, [done]) : done
}

/** Finishes or undoes a run that was stopped while writing a target; does nothing if there is none. */
export const recover = async (target: string, options: Omit<WriteOptions, 'force'> = {}): Promise<Recovery> => {
  const place = placeOf(target)
  if (!hasLeftovers(place)) return { outcome: 'nothing', problems: [] }
  const done = await locked(place, options, (disk) => settleUnfinished(disk, place))
  return 'code' in done ? { outcome: 'stuck', problems: [done] } : done
}

const hasLeftovers = (place: Place): boolean =>
  lstatOf(place.staging) !== undefined || lstatOf(place.lock) !== undefined

const locked = async <Result>(
  place: Place,
  options: Omit<WriteOptions, 'force'>,
  work: (disk: Disk, lock: Lock) => Promise<Result>,
): Promise<Result | Problem> => {
  const disk = createDisk(options.before)
  let lock: Lock | Problem
  try {
    if (lstatOf(place.parent) === undefined) await disk.mkdirs(place.parent)
    lock = await takeLock(disk, place, options.wait ?? 10_000)
  } catch (error) {
    return fileProblem('cannot-write', place.parent, error)
  }
  if ('code' in lock) return lock
  try {
    return await work(disk, lock)
  } catch (error) {
    return fileProblem('cannot-write', place.target, error)
  } finally {
    // A lock that cannot be released is taken over once this process has ended.
    await lock.release().catch(() => {})
  }
}

const runUnderWay = (place: Place): Problem | undefined => {
  const busy = heldBy(place)
  if (busy !== undefined) return busy
  const phase = phaseOf(place)
  if (phase === undefined || phase === 'over') return undefined
  return {
    code: 'unfinished',
    path: place.target,
    message: 'an earlier run was stopped while writing; the files may be partly old and partly new.',
    fix: 'Run `npm run generate`: it first finishes or undoes that run.',
  }
}

const readable = (place: Place, read: () => Plan): Plan => {
  try {
    return read()
  } catch (error) {
    return refused(place.target, [fileProblem('cannot-read', place.target, error)])
  }
}
