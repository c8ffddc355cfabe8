// The outcome of a test file: its results, and what went wrong outside its tests.
import { readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openWords } from './record.mjs'

/**
 * The results of a file, its failures with location and message, and the diagnostics of its tests. A file also fails for what
 * none of its tests can detect: a limit exceeded, an early exit, processes left behind, no tests at all.
 */
export function verdict(file, stopped, record, { left, output, name }) {
  const failed = record.results
    .filter(({ type }) => type === 'failed')
    .map(({ path, message, stack, in: from, line }) => ({
      ...{ file, path, message, stack },
      at: placeOf(from ?? resolve(file), lineIn(stack, from ?? resolve(file)) ?? line),
    }))
  const { says, results } = record
  const outside = troubleOf(stopped, record, { left, output, name, failed: failed.length > 0 })
  const failures = outside.map(({ path = [], message }) => ({
    file,
    path,
    message,
    stack: [],
    at: path.length === 0 ? file : placeOf(resolve(file), lineOfTest(file, path)),
  }))
  return {
    results: results.map(({ type, path }) => ({ type, path })),
    passed: results.filter(({ type }) => type === 'passed').length,
    skipped: results.filter(({ type }) => type === 'skipped').length,
    failures: [...failed, ...failures],
    says: says.filter((text) => !notices.test(text)),
  }
}

function troubleOf(stopped, record, { left, output, name, failed }) {
  if ('limit' in stopped) return [passedLimit(stopped, record)]
  if (stopped.error !== undefined) return [{ message: `Node did not start: ${stopped.error}` }]
  const how = stopped.signal === null ? `exit code ${stopped.code}` : stopped.signal
  const trouble = []
  if (record.running !== null || (record.began && !record.finished))
    trouble.push({
      ...atTest(record),
      message: `its process ended with ${how} before its tests finished${tail(output)}`,
    })
  else if (stopped.code !== 0 && !failed)
    trouble.push({
      message: `its process ended with ${how}${record.began ? ', although no test failed' : ' before any test started'}${tail(
        [...record.says, output].join('\n'),
      )}`,
    })
  else if (!record.began && record.results.length === 0 && name === undefined)
    trouble.push({ message: 'the file has no tests' })
  if (left.length > 0)
    trouble.push({
      message: `it left ${left.length === 1 ? 'a process' : `${left.length} processes`} behind, which the test runner killed:\n${left
        .map(({ pid, command }) => `  ${pid} ${command.slice(0, 100)}`)
        .join('\n')}\n${advice}`,
    })
  return trouble
}

const advice = 'Stop in t.after() what a test starts.'

const atTest = ({ running }) => (running === null ? {} : { path: [running] })

function passedLimit({ limit, seconds, cpu }, { running, began, waiting, open }) {
  const time = `${Math.round(seconds)} s`
  const more = waiting === 0 ? '' : `\n${waiting} more ${waiting === 1 ? 'test' : 'tests'} of the file did not run.`
  if (limit === 'whole')
    return { ...atTest({ running }), message: `the file took longer than ${time} and was killed.${more}` }
  if (running === null && began)
    return {
      message: `its tests finished, but its process was still running after ${time} and was killed. What keeps it alive: ${
        open.length === 0 ? 'unknown' : openWords(open)
      }.\n${advice}`,
    }
  const why =
    cpu > seconds / 10
      ? `It used ${cpu.toFixed(0)} s of CPU time: an endless loop?`
      : 'It used almost no CPU time: it waits for something that never happens.'
  if (running === null) return { message: `no test started within ${time}, and the file was killed. ${why}` }
  return { path: [running], message: `did not finish within ${time} and was killed. ${why}${more}` }
}

/** How node:test reports errors outside a test; they are part of the file's failure. */
const notices = /^(Warning|Error): /

/** The last lines of a process's output, without Node's own stack frames. */
function tail(output) {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !ofNode.test(line))
  return lines.length === 0 ? '' : `:\n${lines.slice(-12).join('\n')}`
}
const ofNode = /^( +at |node:internal| +throw err;| +\^$|Node\.js v)/

const placeOf = (file, line) => `${relative(process.cwd(), file)}${line === null ? '' : `:${line}`}`

/** The line of a file where an error was thrown. */
function lineIn(stack, file) {
  for (const frame of stack) {
    const [, at, line] = /\(?((?:file:\/\/)?\/[^()]*):(\d+):\d+\)?$/.exec(frame) ?? []
    if (at === undefined) continue
    if ((at.startsWith('file:') ? fileURLToPath(at) : at) === file) return Number(line)
  }
  return null
}

/** The line with the name of a test that never reported its location; null if the name is computed. */
function lineOfTest(file, path) {
  const name = path[0].split(' > ')
  const lines = readFileSync(file, 'utf8').split('\n')
  const at = lines.findIndex((line) => line.includes(name.at(-1)))
  return at < 0 ? null : at + 1
}
