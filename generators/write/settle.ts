import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Disk } from './disk.ts'
import type { JournalStep } from './journal.ts'
import type { TargetPaths } from './path.ts'
import { hashAt, lstatOf, sha256 } from './tree.ts'

/** Where the new file of a step is staged. */
export const stagedAt = (paths: TargetPaths, index: number): string => join(paths.staging, `${index}.new`)

/** Where the old file of a step is kept. */
export const keptAt = (paths: TargetPaths, index: number): string => join(paths.staging, `${index}.old`)

/**
 * True if taking the steps forward loses nothing: each file is as it was, or is already replaced. False if
 * somebody has edited, added or restored a file since.
 */
export const canFinish = (paths: TargetPaths, steps: readonly JournalStep[]): boolean =>
  steps.every((step, index) => isSafe(paths, step, index))

/** Takes every step not taken yet; idempotent. Throws if a file operation fails. */
export const finish = async (disk: Disk, paths: TargetPaths, steps: readonly JournalStep[]): Promise<void> => {
  const touched = new Set<string>()
  for (const [index, step] of steps.entries()) {
    const at = join(paths.target, step.path)
    touched.add(dirname(at))
    switch (step.do) {
      case 'remove':
        if (hashAt(paths.target, step.path) === step.old) await disk.unlink(at)
        break
      case 'rmdir':
        if (lstatOf(at)?.isDirectory()) await disk.rmdir(at)
        break
      case 'mkdir':
        if (!lstatOf(at)?.isDirectory()) await disk.mkdir(at)
        break
      case 'put':
        if (lstatOf(stagedAt(paths, index)) !== undefined) await disk.rename(stagedAt(paths, index), at)
        break
    }
  }
  await syncAll(disk, touched)
}

/**
 * Undoes every step taken, from the last to the first; idempotent. What somebody has
 * edited since is left alone. Throws if a file operation fails.
 */
export const undo = async (disk: Disk, paths: TargetPaths, steps: readonly JournalStep[]): Promise<void> => {
  const touched = new Set<string>()
  for (const [index, step] of [...steps.entries()].reverse()) {
    const at = join(paths.target, step.path)
    touched.add(dirname(at))
    const seen = hashAt(paths.target, step.path)
    switch (step.do) {
      case 'put':
        if (step.old === null) {
          if (seen === step.new) await disk.unlink(at)
        } else if (seen === step.new || seen === 'absent') await putBack(disk, paths, index, at, step.old)
        break
      case 'mkdir':
        if (seen === 'folder') await disk.rmdir(at)
        break
      case 'rmdir':
        if (seen === 'absent') await disk.mkdir(at)
        break
      case 'remove':
        if (seen === 'absent') await putBack(disk, paths, index, at, step.old)
        break
    }
  }
  await syncAll(disk, touched)
}

const isSafe = (paths: TargetPaths, step: JournalStep, index: number): boolean => {
  switch (step.do) {
    case 'mkdir':
    case 'rmdir':
      return true
    case 'remove': {
      const seen = hashAt(paths.target, step.path)
      return isFree(seen) || seen === step.old
    }
    case 'put': {
      const seen = hashAt(paths.target, step.path)
      const staged = hashOf(stagedAt(paths, index))
      // Without a staged file the step was taken; what is there now is the new file or an edit of it.
      if (staged === undefined) return !isFree(seen) && seen !== step.old
      return staged === step.new && (isFree(seen) || seen === step.old || seen === step.new)
    }
  }
}

const isFree = (seen: string): boolean => seen === 'absent' || seen === 'folder'

const hashOf = (path: string): string | undefined => (lstatOf(path)?.isFile() ? sha256(readFileSync(path)) : undefined)

const putBack = async (disk: Disk, paths: TargetPaths, index: number, at: string, old: string): Promise<void> => {
  const kept = keptAt(paths, index)
  if (hashOf(kept) !== old) throw Object.assign(new Error(`the kept file ${kept} is gone or changed`), { code: 'EIO' })
  await disk.rename(kept, at)
}

const syncAll = async (disk: Disk, folders: ReadonlySet<string>): Promise<void> => {
  for (const folder of folders) if (lstatOf(folder)?.isDirectory()) await disk.syncFolder(folder)
}
