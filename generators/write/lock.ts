import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import type { Disk } from './disk.ts'
import type { TargetPaths } from './path.ts'
import { errnoOf, type Problem } from './problem.ts'

/** A lock: `isHeld` returns whether it is still held, `release` releases it. */
export type Lock = { readonly isHeld: () => boolean; readonly release: () => Promise<void> }

/** Takes the lock of a place, waiting up to `wait` milliseconds for its holder; a dead holder's lock is taken over. */
export const takeLock = async (disk: Disk, paths: TargetPaths, wait: number): Promise<Lock | Problem> => {
  const token = randomUUID()
  const started = startOf(process.pid)
  const text = JSON.stringify({ pid: process.pid, started, where: where(), since: new Date().toISOString(), token })
  const isHeld = (): boolean => readLock(paths) === text
  const until = Date.now() + wait
  for (;;) {
    try {
      if (!(await create(disk, paths, text, token))) continue
      for (const draft of abandonedDrafts(paths)) await disk.unlink(draft).catch(() => {})
      return { isHeld, release: async () => void (isHeld() && (await disk.unlink(paths.lock))) }
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') {
        // On a full disk, a lock that was created but not written must not stay.
        if (readLock(paths) === '') await disk.unlink(paths.lock).catch(() => {})
        throw error
      }
    }
    const seen = readLock(paths)
    if (seen === undefined) continue
    if (isStale(paths, seen)) await takeAway(disk, paths, seen, token)
    else if (Date.now() >= until) return busy(paths, seen)
    else await setTimeout(pollEvery)
  }
}

/** Creates the lock together with its text, so that it is never empty; false if another run swept the draft away. */
const create = async (disk: Disk, paths: TargetPaths, text: string, token: string): Promise<boolean> => {
  const draft = `${paths.lock}-${process.pid}-${token}`
  try {
    await disk.create(draft, text, 0o644, false)
    if (!(await disk.link(draft, paths.lock))) await disk.create(paths.lock, text, 0o644, false)
    return true
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' && existsSync(dirname(paths.lock))) return false
    throw error
  } finally {
    // What stays is swept away by the next run.
    await disk.unlink(draft).catch(() => {})
  }
}

/** The drafts of runs that were killed while creating the lock; a living run that loses its draft makes another. */
export const abandonedDrafts = ({ lock }: TargetPaths): readonly string[] => {
  const start = `${basename(lock)}-`
  const isAbandoned = (name: string): boolean => {
    const [, pid] = name.startsWith(start) ? (/^(\d+)-[\da-f-]{36}$/.exec(name.slice(start.length)) ?? []) : []
    return pid !== undefined && (Number(pid) === process.pid || !isAlive(Number(pid)))
  }
  try {
    return readdirSync(dirname(lock))
      .filter(isAbandoned)
      .map((name) => join(dirname(lock), name))
  } catch {
    // Without the folder there are none; whatever else is wrong with it is reported by those who write into it.
    return []
  }
}

/** The problem that a living run holds the lock of a place; undefined if none does. Reads only. */
export const heldBy = (paths: TargetPaths): Problem | undefined => {
  const seen = readLock(paths)
  return seen === undefined || isStale(paths, seen) ? undefined : busy(paths, seen)
}

/** Milliseconds between two checks of a lock: not every file system has an event for its removal. */
const pollEvery = 25

/** Milliseconds after which an empty lock, as without hard links, or one of another machine is considered stale. */
const fillsWithin = 2_000
const writesWithin = 600_000

const holderSchema = z.object({
  pid: z.int().positive(),
  started: z.string().optional(),
  where: z.string(),
  since: z.string(),
})

const holderOf = (seen: string): z.infer<typeof holderSchema> | undefined => {
  try {
    return holderSchema.safeParse(JSON.parse(seen)).data
  } catch {
    return undefined
  }
}

const readLock = (paths: TargetPaths): string | undefined => {
  try {
    return readFileSync(paths.lock, 'utf8')
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return undefined
    throw error
  }
}

const isStale = (paths: TargetPaths, seen: string): boolean => {
  const holder = holderOf(seen)
  if (holder === undefined) return ageOf(paths) > fillsWithin
  if (holder.where !== where()) return ageOf(paths) > writesWithin
  if (!isAlive(holder.pid)) return true
  // The pid of a dead process may have been reused.
  const started = startOf(holder.pid)
  return holder.started !== undefined && started !== undefined && started !== holder.started
}

const ageOf = (paths: TargetPaths): number => {
  try {
    return Date.now() - statSync(paths.lock).mtimeMs
  } catch {
    return 0
  }
}

/** Removes a stale lock; renames it first, so that only one of several runs gets it, and a fresh lock is noticed and put back. */
const takeAway = async (disk: Disk, paths: TargetPaths, seen: string, token: string): Promise<void> => {
  const aside = `${paths.lock}-${token}`
  try {
    await disk.rename(paths.lock, aside)
    if (readFileSync(aside, 'utf8') !== seen) await disk.keep(aside, paths.lock)
    await disk.unlink(aside)
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT' && errnoOf(error) !== 'EEXIST') throw error
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errnoOf(error) !== 'ESRCH'
  }
}

/** Distinguishes a process from a later one with the same pid; undefined if the system does not provide it. A zombie has ended. */
const startOf = (pid: number): string | undefined => {
  try {
    if (process.platform !== 'linux') {
      const env = { ...process.env, LC_ALL: 'C' }
      const answer = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      return answer.toString().trim() || undefined
    }
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return 'ended'
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`
  } catch {
    return undefined
  }
}

/** The machine, and on Linux the container, in which a pid is valid. */
const where = (): string => {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
}

const busy = (paths: TargetPaths, seen: string): Problem => {
  const holder = holderOf(seen)
  const who = holder
    ? `process ${holder.pid} on ${holder.where.split(' ')[0]} since ${holder.since}`
    : 'another process'
  return {
    code: 'busy',
    path: paths.target,
    message: `is being written by ${who}.`,
    fix: `Wait until it ends. If it is no longer running, remove ${paths.lock}.`,
  }
}
