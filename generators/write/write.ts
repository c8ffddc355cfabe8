import { commit, type Recovery, settleUnfinished } from './commit.ts'
import { type Before, createDisk, type Disk } from './disk.ts'
import { phaseOf } from './journal.ts'
import { abandonedDrafts, heldBy, type Lock, takeLock } from './lock.ts'
import { pathProblems, type TargetPaths, targetPaths } from './path.ts'
import { draftOf, hasChanges, type Plan, refusedPlan } from './plan.ts'
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
  const paths = targetPaths(target)
  const problems = pathProblems(target, files.keys())
  if (problems.length > 0) return refusedPlan(target, problems)
  return readable(paths, () => {
    const before = runUnderWay(paths)
    if (before !== undefined) return refusedPlan(target, [before])
    const drafted = draftOf(target, files, options.force).plan
    // If a run began meanwhile, what was read may be neither old nor new.
    const after = runUnderWay(paths)
    return after === undefined ? drafted : refusedPlan(target, [after])
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
  const paths = targetPaths(target)
  const problems = pathProblems(target, files.keys())
  if (problems.length > 0) return refusedPlan(target, problems)
  if (!hasLeftovers(paths)) {
    const look = () => readable(paths, () => draftOf(target, files, options.force).plan)
    const first = look()
    // what vanished while it was read belonged to a run that has begun since
    const plan = first.problems.length > 0 ? look() : first
    if ((plan.problems.length > 0 || !hasChanges(plan)) && !hasLeftovers(paths)) return plan
  }
  const done = await locked(paths, options, async (disk, lock) => {
    const recovery = await settleUnfinished(disk, paths)
    if (recovery.problems.length > 0) return refusedPlan(target, recovery.problems)
    const draft = draftOf(target, files, options.force)
    if (draft.plan.problems.length > 0 || draft.steps.length === 0) return draft.plan
    const problem = await commit(disk, paths, draft, lock.isHeld)
    return problem === undefined ? draft.plan : { ...draft.plan, problems: [problem] }
  })
  return 'code' in done ? refusedPlan(target, [done]) : done
}

/** Finishes or undoes a run that was stopped while writing a target; does nothing if there is none. */
export const recover = async (target: string, options: Omit<WriteOptions, 'force'> = {}): Promise<Recovery> => {
  const paths = targetPaths(target)
  if (!hasLeftovers(paths)) return { outcome: 'nothing', problems: [] }
  const done = await locked(paths, options, (disk) => settleUnfinished(disk, paths))
  return 'code' in done ? { outcome: 'stuck', problems: [done] } : done
}

const hasLeftovers = (paths: TargetPaths): boolean =>
  lstatOf(paths.staging) !== undefined || lstatOf(paths.lock) !== undefined || abandonedDrafts(paths).length > 0

const locked = async <Result>(
  paths: TargetPaths,
  options: Omit<WriteOptions, 'force'>,
  work: (disk: Disk, lock: Lock) => Promise<Result>,
): Promise<Result | Problem> => {
  const disk = createDisk(options.before)
  let lock: Lock | Problem
  try {
    if (lstatOf(paths.parent) === undefined) await disk.mkdirs(paths.parent)
    lock = await takeLock(disk, paths, options.wait ?? 10_000)
  } catch (error) {
    return fileProblem('cannot-write', paths.parent, error)
  }
  if ('code' in lock) return lock
  try {
    return await work(disk, lock)
  } catch (error) {
    return fileProblem('cannot-write', paths.target, error)
  } finally {
    // A lock that cannot be released is taken over once this process has ended.
    await lock.release().catch(() => {})
  }
}

const runUnderWay = (paths: TargetPaths): Problem | undefined => {
  const busy = heldBy(paths)
  if (busy !== undefined) return busy
  const phase = phaseOf(paths)
  if (phase === undefined || phase === 'over') return undefined
  return {
    code: 'unfinished',
    path: paths.target,
    message: 'an earlier run was stopped while writing; the files may be partly old and partly new.',
    fix: 'Run `npm run generate`: it first finishes or undoes that run.',
  }
}

const readable = (paths: TargetPaths, read: () => Plan): Plan => {
  try {
    return read()
  } catch (error) {
    return refusedPlan(paths.target, [fileProblem('cannot-read', paths.target, error)])
  }
}
