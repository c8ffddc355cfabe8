// Runs everything, the fast first; ends with what had to be skipped and what to install for it.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const fast = process.argv.includes('--fast')
const folder = mkdtempSync(join(tmpdir(), 'botwatch-test-'))
const skippedFile = join(folder, 'skipped')
const env = { ...process.env, BOTWATCH_SKIPPED: skippedFile }

/** Folders of tests, in this order; those of the last stage start servers and want the machine for themselves. */
const late = ['live', 'preview', 'stack']
const onRequest = ['stack']

const stages = [
  ['format and lint', 'npx', ['biome', 'check', '.', '--error-on-warnings']],
  ['types', 'npx', ['tsc', '--noEmit', '--singleThreaded']],
  ...(fast ? [] : [['real servers', process.execPath, ['--import', 'tsx', 'demo/servers/main.ts']]]),
  [
    'tests',
    process.execPath,
    [
      '--import',
      'tsx',
      '--test',
      '--test-reporter=spec',
      '--test-concurrency=2',
      ...testsIn((name) => !late.includes(name)),
    ],
  ],
  ...(fast
    ? []
    : [
        [
          'live tests',
          process.execPath,
          [
            '--import',
            'tsx',
            '--test',
            '--test-reporter=spec',
            '--test-concurrency=1',
            ...testsIn((name) => late.includes(name) && !onRequest.includes(name)),
          ],
        ],
      ]),
]

let failed = null
for (const [name, command, args] of stages) {
  const started = performance.now()
  console.log(`\n== ${name}`)
  // The servers stand in .tools by now: no test waits for a network.
  const offline = name === 'real servers' ? {} : { BOTWATCH_OFFLINE: '1' }
  const { status, signal } = spawnSync(command, args, { stdio: 'inherit', env: { ...env, ...offline } })
  console.log(
    `== ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(0)} s`,
  )
  if (status !== 0) {
    failed = `${name}${signal === null ? '' : ` (${signal})`}`
    break
  }
}
tellSkipped()
rmSync(folder, { recursive: true, force: true })
if (failed !== null) console.log(`\nfailed: ${failed}`)
process.exitCode = failed === null ? 0 : 1

function testsIn(wanted) {
  return readdirSync('test', { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => wanted(path.split('/')[1]))
    .sort()
}

function tellSkipped() {
  if (!existsSync(skippedFile)) return
  const skipped = readFileSync(skippedFile, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  console.log(`\n${skipped.length} tests were skipped, for want of a server or a browser:`)
  for (const { test, missing } of skipped) console.log(`  ${test}: ${missing.join(', ')}`)
  for (const install of new Set(skipped.flatMap((one) => one.install))) console.log(`to run them: ${install}`)
}
