import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { project } from './project.ts'

const rules = 'out/tiny/prometheus/alerts.yml'
const seconds = /done in \d+\.\d s\n/

test('the first run writes everything, the second changes nothing, and both say so', async () => {
  const { run, tree, folder } = project()
  const first = await run('generate')
  assert.equal(first.status, 0, first.stderr)
  assert.equal(first.stderr, '')
  const files = tree('out')
  const paths = Object.keys(files).filter((path) => path !== 'tiny/manifest.json')
  assert.match(
    first.stdout,
    /^Tiny Bot: 3 metrics, 7 alerts, 1 dashboard, 3 panels, at most [\d,]+ series\n {2}out\/tiny: /,
  )
  assert.ok(first.stdout.includes(`  out/tiny: ${paths.length} added, 0 changed, 0 removed, 0 unchanged\n`))
  assert.match(first.stdout, seconds)
  const listed = Object.keys((JSON.parse(files['tiny/manifest.json'] ?? '') as { files: object }).files)
  assert.deepEqual(listed.map((path) => `tiny/${path}`).sort(), paths.sort())

  const before = statSync(join(folder, rules)).mtimeMs
  const second = await run('generate')
  assert.equal(second.status, 0)
  assert.ok(second.stdout.includes(`  out/tiny: 0 added, 0 changed, 0 removed, ${paths.length} unchanged\n`))
  assert.deepEqual(tree('out'), files)
  assert.equal(statSync(join(folder, rules)).mtimeMs, before)
})

test('--check reports no differences; after a change it shows them, exits with 1 and writes nothing', async () => {
  const { run, change, tree, read } = project()
  await run('generate')
  const files = Object.keys(tree('out')).length - 1
  const same = await run('generate', '--check')
  assert.deepEqual(same, {
    status: 0,
    stdout: `the output is up to date (${files} files)\n`,
    stderr: '',
  })

  change('definitions/alerts.ts', 'usdt(100)', 'usdt(250)')
  const before = tree('out')
  const differs = await run('generate', '--check')
  assert.equal(differs.status, 1)
  assert.equal(
    differs.stderr,
    'botwatch generate: out/tiny is out of date: run `npm run generate` and commit the result.\n',
  )
  assert.match(differs.stdout, /^--- out\/tiny\/prometheus\/alerts\.yml$/m)
  assert.match(differs.stdout, /^-.*tiny_equity_usdt < 100$/m)
  assert.match(differs.stdout, /^\+.*tiny_equity_usdt < 250$/m)
  assert.deepEqual(tree('out'), before)

  const written = await run('generate')
  assert.equal(written.status, 0)
  assert.match(written.stdout, /^ {2}~ prometheus\/alerts\.yml$/m)
  assert.match(read(rules), /tiny_equity_usdt < 250/)
})

test('--check without any output shows every file as new and creates no folder', async () => {
  const { run, folder } = project()
  const { status, stdout } = await run('generate', '--check')
  assert.equal(status, 1)
  assert.match(stdout, /^--- \/dev\/null\n\+\+\+ out\/tiny\//)
  assert.ok(!existsSync(join(folder, 'out')))
})

test('files that no longer follow from the definitions are removed', async () => {
  const { run, change, folder } = project()
  await run('generate')
  assert.ok(existsSync(join(folder, 'out/tiny/grafana/dashboards/overview.json')))
  change('definitions/index.ts', 'dashboards: { overview }', 'dashboards: { board: overview }')
  const { status, stdout } = await run('generate')
  assert.equal(status, 0)
  assert.match(stdout, /^ {2}\+ grafana\/dashboards\/board\.json$/m)
  assert.match(stdout, /^ {2}- grafana\/dashboards\/overview\.json$/m)
  assert.ok(!existsSync(join(folder, 'out/tiny/grafana/dashboards/overview.json')))
})

test('a file edited by hand is reported and kept; --force overwrites it', async () => {
  const { run, read, write, tree } = project()
  await run('generate')
  const own = read(rules)
  write(rules, `${own}# mine\n`)
  const before = tree('out')
  const refused = await run('generate')
  assert.equal(refused.status, 1)
  assert.match(
    refused.stderr,
    new RegExp(`^error: hand-edited at ${rules}\n.*\n.*--force.*\n\nbotwatch generate: nothing was written\n$`),
  )
  assert.deepEqual(tree('out'), before)
  const forced = await run('generate', '--force')
  assert.equal(forced.status, 0)
  assert.match(forced.stdout, /1 changed, 0 removed, \d+ unchanged, 1 of them had been edited by hand$/m)
  assert.equal(read(rules), own)
})

test('a file that botwatch did not write is reported; .env and secrets belong to the user', async () => {
  const { run, write, folder, tree } = project()
  await run('generate')
  mkdirSync(join(folder, 'out/tiny/secrets/alertmanager'), { recursive: true })
  write('out/tiny/.env', 'A=1\n')
  write('out/tiny/secrets/a', 'secret')
  assert.equal((await run('generate')).status, 0)
  write('out/tiny/notes.txt', 'mine')
  const before = tree('out')
  const refused = await run('generate', '--force')
  assert.equal(refused.status, 1)
  assert.match(refused.stderr, /^error: foreign at out\/tiny\/notes\.txt\n/)
  assert.deepEqual(tree('out'), before)
})

test('an output that cannot be written is a clear error', async () => {
  const { run, write, read } = project()
  write('file', 'a file')
  const { status, stderr } = await run('generate', '--out', 'file')
  assert.equal(status, 1)
  assert.match(stderr, /^error: cannot-(read|write) at file\/?(tiny)?\n {2}cannot be (read|written): .+\n {2}.+\n/)
  assert.match(stderr, /\nbotwatch generate: nothing was written\n$/)
  assert.equal(read('file'), 'a file')
})

const second = `
const other = bot({ ...options, name: 'other', title: 'Other Bot' })
`
/** Two bots with the same metrics; the second has its own stack. */
const twoBots = (made: ReturnType<typeof project>) => {
  made.change('definitions/index.ts', 'export const tiny = bot({', 'const options = {')
  made.change(
    'definitions/index.ts',
    '\n})\n\nexport const bots = [tiny]',
    `
} as const
export const tiny = bot(options)
const ports = { bot: 28000, prometheus: 29090, alertmanager: 29093, relay: 29095, grafana: 23000, nodeExporter: 29100 }
const other = bot({ ...options, name: 'other', title: 'Other Bot', stack: stack({ project: 'other', ports }) })
export const bots = [tiny, other]`,
  )
  return made
}

test('several bots have one folder each; --bot writes only one', async () => {
  const { run, folder, change } = twoBots(project())
  const one = await run('generate', '--bot', 'other')
  assert.equal(one.status, 0, one.stderr)
  assert.ok(existsSync(join(folder, 'out/other')) && !existsSync(join(folder, 'out/tiny')))
  const both = await run('generate')
  assert.equal(both.status, 0)
  assert.match(both.stdout, /^Tiny Bot: .*\n(.*\n)*Other Bot: /)
  assert.ok(existsSync(join(folder, rules)))

  change('definitions/index.ts', 'bots = [tiny, other]', 'bots = [tiny]')
  const left =
    'left over: out/other belongs to no bot in definitions/index.ts: stop its stack there with `docker compose down`, then remove the folder\n'
  assert.ok((await run('generate')).stdout.includes(left))
  assert.deepEqual(await run('generate', '--check'), { status: 1, stdout: '', stderr: `botwatch generate: ${left}` })
})

test('all bots or none: if one cannot be written, none is', async () => {
  const made = twoBots(project())
  const { run, write, tree, change } = made
  await run('generate')
  change('definitions/alerts.ts', 'usdt(100)', 'usdt(250)')
  write('out/other/prometheus/alerts.yml', '# mine\n')
  const before = tree('out')
  const { status, stderr, stdout } = await run('generate')
  assert.equal(status, 1)
  assert.equal(stdout, '')
  assert.match(stderr, /^error: hand-edited at out\/other\/prometheus\/alerts\.yml\n/)
  assert.deepEqual(tree('out'), before)
})

test('all bots or none, even if the second folder turns out not to be writable halfway through', async () => {
  const made = twoBots(project())
  const { run, tree, change, folder } = made
  await run('generate')
  change('definitions/alerts.ts', 'usdt(100)', 'usdt(250)')
  const before = tree('out')
  chmodSync(join(folder, 'out/other/prometheus'), 0o555)
  const { status, stderr, stdout } = await made.runWithoutRights('generate')
  chmodSync(join(folder, 'out/other/prometheus'), 0o755)
  assert.deepEqual({ status, stdout }, { status: 1, stdout: '' })
  assert.match(stderr, /^error: cannot-write at out\/other\/prometheus\/.*\n {2}.*\(EACCES\).*\n/)
  assert.match(stderr, /\nbotwatch generate: nothing was written\n$/)
  assert.deepEqual(tree('out'), before)
})

test('two stacks that cannot run on one machine are a warning, and stop nothing', async () => {
  const { run, change, line } = project()
  change('definitions/index.ts', 'export const tiny = bot({', 'const options = {')
  change(
    'definitions/index.ts',
    '\n})\n\nexport const bots = [tiny]',
    `\n} as const\nconst tiny = bot(options)${second}export const bots = [tiny, other]`,
  )
  const { status, stderr } = await run('generate')
  assert.equal(status, 0)
  assert.equal(
    stderr,
    `warning: stack-shared at definitions/index.ts:${line('definitions/index.ts', 'const other')}
  bot other: its stack has the project botwatch-tiny and the ports 18000, 19090, 19093, 19095, 13000, 19100, as does the stack of tiny: both cannot run on one machine
  give it its own project and ports in stack()

`,
  )
})

test('without an external dead man’s switch, a run prints a reminder', async () => {
  const { run, change, folder, write } = project()
  const file = 'out/tiny/secrets/alertmanager/dead-mans-switch-url'
  const reminder = `reminder: tiny has no external dead man's switch: if this machine dies, nobody is notified; put the ping URL of an external dead man's switch in ${file}\n`
  assert.ok((await run('generate')).stdout.includes(reminder))
  mkdirSync(join(folder, 'out/tiny/secrets/alertmanager'), { recursive: true })
  write(file, '\n')
  assert.ok((await run('generate')).stdout.includes(reminder))
  write(file, 'https://example.org/ping\n')
  const quiet = await run('generate')
  assert.equal(quiet.status, 0)
  assert.doesNotMatch(quiet.stdout, /reminder/)
  assert.doesNotMatch(quiet.stdout, /example\.org/)
  change('definitions/index.ts', "project: 'botwatch-tiny',", "project: 'botwatch-tiny', deadMansSwitch: false,")
  assert.ok(
    (await run('generate')).stdout.includes(
      "reminder: tiny has no external dead man's switch: if this machine dies, nobody is notified\n",
    ),
  )
})
