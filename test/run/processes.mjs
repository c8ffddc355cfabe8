// The processes that a test file started, and how they are killed.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** The environment variable that lists the test files a process runs for, each by the path of its record of events. */
export const marking = 'BOTWATCH_TEST_RECORD'

/**
 * The processes of a group and, where /proc exists, those that left the group but inherited a mark in their
 * environment: their pid and command.
 */
export function processesOf(group, mark) {
  return (inProc() ?? inPs()).filter(
    (one) => one.pid !== process.pid && (one.group === group || (mark !== '' && one.marks().includes(mark))),
  )
}

/** Kills processes and returns which there were; repeatedly, since one may start another meanwhile. */
export function endAll(group, mark) {
  const ended = new Map()
  for (let round = 0; round < 20; round++) {
    const there = processesOf(group, mark)
    if (there.length === 0) break
    for (const { pid, command } of there) {
      ended.set(pid, command)
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // it has already ended
      }
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
  }
  return [...ended].map(([pid, command]) => ({ pid, command }))
}

function inProc() {
  const pids = entries('/proc').filter((name) => /^\d+$/.test(name))
  if (pids.length === 0) return null
  return pids.flatMap((pid) => {
    // pid (name) state parent group …, and the name may contain anything
    const [state, , group] = (textOf(`/proc/${pid}/stat`) ?? '').replace(/^.*\) /s, '').split(' ')
    if (group === undefined || state === 'Z' || state === 'X') return []
    return {
      pid: Number(pid),
      group: Number(group),
      command: (textOf(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ').trim(),
      marks: () =>
        (textOf(`/proc/${pid}/environ`) ?? '')
          .split('\0')
          .filter((one) => one.startsWith(`${marking}=`))
          .flatMap((one) => one.slice(marking.length + 1).split(':')),
    }
  })
}

function inPs() {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,pgid=,stat=,command='], { encoding: 'utf8' })
  return (stdout ?? '').split('\n').flatMap((line) => {
    const [, pid, group, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
    if (pid === undefined || state.startsWith('Z')) return []
    return { pid: Number(pid), group: Number(group), command, marks: () => [] }
  })
}

function entries(folder) {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function textOf(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
