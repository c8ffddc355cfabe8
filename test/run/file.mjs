// Runs one test file in its own process group, which is killed if it exceeds its limits.
import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { loadavg, availableParallelism as processors } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { endAll, marking, processesOf } from './processes.mjs'
import { readRecord } from './record.mjs'
import { verdict } from './verdict.mjs'

const inside = fileURLToPath(new URL('inside.mjs', import.meta.url))
/** How long a process that was asked to end with the test may take, in milliseconds. */
const aftermath = 5000
/** The factor by which limits grow at most on a busy machine. */
const mostBusy = 4

/**
 * Runs a file and returns the results of its tests. `silent` is how many seconds may pass without a test starting or ending,
 * `whole` how many the file may take; both grow on a machine whose load exceeds its processors.
 */
export async function runFile(file, { silent, whole, name, env, folder: parent, groups }) {
  const started = performance.now()
  const folder = mkdtempSync(join(parent, 'file-'))
  const [record, output] = [join(folder, 'record'), join(folder, 'output')]
  writeFileSync(record, '')
  const out = openSync(output, 'a')
  const child = spawn(process.execPath, [...options(name), file], {
    detached: true,
    stdio: ['ignore', out, out],
    env: { ...env, [marking]: [env[marking], record].filter(Boolean).join(':') },
  })
  closeSync(out)
  const group = child.pid ?? 0
  const one = { group, record }
  groups.add(one)
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve({ error: error.message }))
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  const stopped = await watched(ended, group, record, { silent, whole })
  const left = 'limit' in stopped ? [] : await leftBehind(group, record)
  if ('limit' in stopped) endAll(group, record)
  await ended
  groups.delete(one)
  const seconds = (performance.now() - started) / 1000
  const text = readFileSync(output, 'utf8')
  const result = verdict(file, stopped, readRecord(readFileSync(record, 'utf8')), { left, output: text, name })
  rmSync(folder, { recursive: true, force: true })
  return { file, seconds, output: text, ...result }
}

function options(name) {
  return [
    ...['--import', import.meta.resolve('tsx'), '--import', inside, '--test-reporter', inside],
    ...(name === undefined ? [] : ['--test-name-pattern', name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')]),
  ]
}

/** How the process ended, or which limit it exceeded, and how much CPU time it used since its last event. */
async function watched(ended, pid, record, limits) {
  const started = performance.now()
  let [size, heard, cpu] = [0, started, 0]
  for (;;) {
    const stop = new AbortController()
    const ending = await Promise.race([ended, delay(200, null, { signal: stop.signal })])
    stop.abort()
    if (ending !== null) return ending
    const now = performance.now()
    const more = statSync(record).size
    if (more !== size) [size, heard, cpu] = [more, now, processorTime(pid)]
    const busy = Math.min(mostBusy, Math.max(1, loadavg()[0] / processors()))
    const of = (limit, since) => (now - since) / 1000 > limit * busy
    if (of(limits.silent, heard) || of(limits.whole, started))
      return {
        limit: of(limits.silent, heard) ? 'silent' : 'whole',
        seconds: (now - (of(limits.silent, heard) ? heard : started)) / 1000,
        cpu: processorTime(pid) - cpu,
      }
  }
}

/** The processes that a file left running; they had time to end, and are now killed. */
async function leftBehind(group, record) {
  const until = performance.now() + aftermath
  while (performance.now() < until) {
    if (processesOf(group, record).length === 0) return []
    await delay(50)
  }
  return endAll(group, record)
}

/** The CPU time of a process in seconds; 0 if the system does not expose it. */
function processorTime(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return 0
  }
}
