import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { test } from 'node:test'
import { type Project, project } from './project.ts'

const alerts = 'definitions/alerts.ts'
const index = 'definitions/index.ts'
const wrong = 'botwatch generate: definitions/index.ts: the definitions cannot be loaded.\n'

/** Runs a generation of broken definitions over good output: it must exit with 1, and the output must stay. */
async function told(breaks: (made: Project) => void): Promise<{ readonly made: Project; readonly stderr: string }> {
  const made = project()
  await made.run('generate')
  const before = made.tree('out')
  breaks(made)
  const { status, stdout, stderr } = await made.run('generate')
  assert.equal(status, 1)
  assert.equal(stdout, '')
  assert.deepEqual(made.tree('out'), before)
  return { made, stderr }
}

test('a definition that throws is named, with the line that threw and who called it', async () => {
  const { made, stderr } = await told(({ change }) => {
    change(alerts, ': orders for $' + '{l.symbol} fail`', ': orders for $' + '{String(l.symbol)} fail`')
  })
  const line = made.line(alerts, 'String(l.symbol)')
  assert.equal(
    stderr,
    `${wrong}  ${alerts}:${line}, in OrdersFail
  Error: alert OrdersFail: label symbol is known only when the alert fires: write it inside text\`…\`
  > summary: (l) => text\`\${l.bot} (\${l.env}): orders for \${String(l.symbol)} fail\`,
  called at ${alerts}:${made.line(alerts, 'export const tiny')}
`,
  )
})

test('a missing metric is reported at the definition that uses it', async () => {
  const { made, stderr } = await told(({ change }) => {
    change('definitions/dashboard.ts', 'show: metrics.equity_usdt', 'show: metrics.equity.minus(1)')
  })
  assert.equal(
    stderr,
    `${wrong}  definitions/dashboard.ts:${made.line('definitions/dashboard.ts', 'metrics.equity.minus(1)')}, in equity
  TypeError: Cannot read properties of undefined (reading 'minus')
  > equity: stat({ title: 'Equity', show: metrics.equity.minus(1) }),
`,
  )
})

test('a merge marker is named, with file and line', async () => {
  const { made, stderr } = await told(({ read, write }) => {
    write(alerts, read(alerts).replace('export const tiny', '<<<<<<< HEAD\nexport const tiny'))
  })
  assert.equal(
    stderr,
    `${wrong}  ${alerts}:${made.line(alerts, '<<<<<<< HEAD')}
  a merge marker: resolve the conflict
  > <<<<<<< HEAD
`,
  )
})

test('a syntax error is reported with file and line', async () => {
  const { made, stderr } = await told(({ change }) => {
    change(alerts, "severity: 'critical',", "severity 'critical',")
  })
  assert.equal(
    stderr,
    `${wrong}  ${alerts}:${made.line(alerts, "severity 'critical'")}, in EquityLow
  Expected "}" but found "'critical'"
  > severity 'critical',
`,
  )
})

test('an import of a name that is not exported is reported with file and line', async () => {
  const { stderr } = await told(({ change }) => {
    change(index, "import { overview } from './dashboard.ts'", "import { overview, more } from './dashboard.ts'")
    change(index, 'dashboards: { overview }', 'dashboards: { overview, more }')
  })
  assert.equal(
    stderr,
    `${wrong}  ${index}:3
  SyntaxError: The requested module './dashboard.ts' does not provide an export named 'more'
  > import { overview, more } from './dashboard.ts'
`,
  )
})

test('an import of a missing file says which', async () => {
  const { made, stderr } = await told(({ change }) => {
    change(index, "'./dashboard.ts'", "'./boards.ts'")
  })
  const folder = `${made.folder}/definitions`
  assert.equal(stderr, `${wrong}  Cannot find module '${folder}/boards.ts' imported from ${folder}/index.ts\n`)
})

const shapes = [
  ['nothing of that name', 'export const robots = []', 'bots: it is not a list'],
  ['no list', 'export const bots = {}', 'bots: it is not a list'],
  ['an empty list', 'export const bots = []', 'bots: the list is empty'],
  ['something that is not a bot', 'export const bots = [{}, 7]', 'bots[0].kind: it is not a value returned by bot()'],
] as const

for (const [name, text, why] of shapes)
  test(`definitions that export ${name} are rejected with what is expected`, async () => {
    const { stderr } = await told(({ write }) => write(index, `${text}\n`))
    const [head, ...reasons] = stderr.trimEnd().split('\n')
    assert.equal(
      head,
      'botwatch generate: definitions/index.ts: it must export `bots`, a list of values returned by bot().',
    )
    assert.equal(reasons[0], `  ${why}`)
  })

test('a missing file, or a folder, is reported with what to do', async () => {
  const { run } = project()
  assert.deepEqual(await run('generate', '--definitions', 'nowhere.ts'), {
    status: 1,
    stdout: '',
    stderr: 'botwatch generate: nowhere.ts: no such file; use --definitions to name the module that exports `bots`\n',
  })
  assert.deepEqual(await run('generate', '--definitions', 'definitions'), {
    status: 1,
    stdout: '',
    stderr:
      'botwatch generate: definitions: this is a folder; name the file in it that exports `bots`, e.g. definitions/index.ts\n',
  })
})

test('bots are distinguished by name: an unknown one, two with one name, an invalid one', async () => {
  const { run, change } = project()
  const unknown = await run('generate', '--bot', 'big')
  assert.deepEqual(unknown, {
    status: 1,
    stdout: '',
    stderr: "botwatch generate: no bot 'big' in definitions/index.ts, only tiny\n",
  })
  change(index, 'bots = [tiny]', 'bots = [tiny, { ...tiny }]')
  assert.deepEqual(await run('generate'), {
    status: 1,
    stdout: '',
    stderr: 'botwatch generate: definitions/index.ts: two bots are named tiny and would share a folder: rename one\n',
  })
  change(index, '{ ...tiny }', "{ ...tiny, name: '../up' }")
  const illegal = await run('generate')
  assert.equal(illegal.status, 1)
  assert.match(
    illegal.stderr,
    /\n {2}bots\[1\]\.name: the name of a bot may have only lower-case letters, digits and _\n$/,
  )
})

test('definitions in a folder with spaces and brackets, and in a package without a type, are located with their lines', async () => {
  const made = project()
  made.write('package.json', '{}\n')
  made.change('definitions/metrics.ts', "help: 'Orders by outcome.'", "help: ''")
  mkdirSync(`${made.folder}/a (b) c`)
  for (const file of ['metrics', 'dashboard', 'alerts', 'index'])
    made.write(`a (b) c/${file}.ts`, made.read(`definitions/${file}.ts`))
  const { status, stderr } = await made.run('generate', '--definitions', 'a (b) c/index.ts')
  assert.equal(status, 1)
  assert.match(stderr, /^error: help-missing at a \(b\) c\/metrics\.ts:13\n/)
})
