// Loaded into the process of every test file: records its events in the file that the runner reads.
import fs from 'node:fs'
import { findSourceMap } from 'node:module'
import { beforeEach } from 'node:test'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'

// saved, since tests replace functions of node:fs and the timers
const { writeSync } = fs
const later = setTimeout

const record = (process.env['BOTWATCH_TEST_RECORD'] ?? '').split(':').at(-1)
const events = fs.openSync(record ?? '', 'a')
const tell = (event) => writeSync(events, `${JSON.stringify(event)}\n`)

// Written immediately and from a hook, since the reporter gets no events while a test blocks the event loop.
beforeEach((t) => tell({ type: 'begins', name: t.name, path: t.fullName }))

// `node --test` sets this for the process of a test file, and the runtime uses it to detect tests. It is set only after node:test
// has read it: otherwise node:test would send the events elsewhere.
process.env['NODE_TEST_CONTEXT'] = 'child-v8'

const counts = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/
/** What Node 20 reports for tests excluded by a pattern. */
const leftOut = 'test name does not match pattern'

/** The reporter of node:test; it prints nothing. */
export default async function* report(source) {
  const path = []
  let lookAgain
  for await (const { type, data } of source) {
    yield ''
    if (type === 'test:start') path.splice(data.nesting, path.length, data.name)
    if (type === 'test:complete') {
      tell({ type: 'ends', name: data.name })
      clearTimeout(lookAgain)
      // fires only if something else keeps the process alive
      lookAgain = later(() => tell({ type: 'open', what: process.getActiveResourcesInfo() }), 2000).unref()
    }
    if (type === 'test:enqueue') tell({ type: 'known', name: data.name, nesting: data.nesting })
    if (type === 'test:diagnostic' && !counts.test(data.message)) tell({ type: 'says', text: data.message })
    if (type === 'test:plan' && data.nesting === 0) tell({ type: 'finished' })
    if (type === 'test:pass' || type === 'test:fail') result(type, [...path.slice(0, data.nesting), data.name], data)
  }
}

function result(type, path, data) {
  if (data.details?.type === 'suite' || data.skip === leftOut) return
  if (data.skip !== undefined) return tell({ type: 'skipped', path })
  if (type === 'test:pass' || data.todo !== undefined) return tell({ type: 'passed', path })
  const { error } = data.details
  // its subtests are reported separately
  if (error.failureType === 'subtestsFailed') return
  const cause = error.code === 'ERR_TEST_FAILURE' && error.cause !== undefined ? error.cause : error
  const isError = cause instanceof Error
  tell({
    type: 'failed',
    path,
    message: isError ? `${cause.message}` : typeof cause === 'string' ? cause : inspect(cause),
    stack: isError ? frames(cause) : [],
    ...placeOf(data),
  })
}

/** Where an error was thrown, without the frames inside Node. */
function frames({ stack = '' }) {
  return `${stack}`.split('\n').filter((line) => /^ {4}at /.test(line) && !/\bnode:|node_modules/.test(line))
}

/** The file of a test and its line in the source, not in the compiled code. */
function placeOf({ file, line, column }) {
  if (file === undefined || line === undefined) return { in: null, line: null }
  const path = file.startsWith('file:') ? fileURLToPath(file) : file
  return { in: path, line: (findSourceMap(path)?.findEntry(line - 1, column - 1)?.originalLine ?? line - 1) + 1 }
}
