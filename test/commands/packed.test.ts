import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { packageJson, packPackages } from './packed-packages.ts'
import { runToEnd } from './project.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const relayProgram = 'generators/outputs/relay/program'
const made = await packPackages()
/** The folder of a user who installed both packages and defines the smallest bot, importing them by name. */
const own = join(made.folder, 'own')
mkdirSync(join(own, 'bots'), { recursive: true })
writeFileSync(join(own, 'package.json'), '{ "type": "module" }\n')
for (const file of readdirSync(join(root, 'test/fixtures/minimal'))) {
  const text = readFileSync(join(root, 'test/fixtures/minimal', file), 'utf8')
  const byName = text
    .replaceAll("'../../../definitions/language/metrics.ts'", "'@botwatch/runtime/metrics'")
    .replaceAll("'../../../definitions/language/index.ts'", "'botwatch'")
  assert.doesNotMatch(byName, /definitions\//)
  writeFileSync(join(own, 'bots', file), byName)
}
const run = (...args: readonly string[]) => runToEnd(process.execPath, [made.main, ...args], own)

test('the package contains what it needs: compiled code with types, the program of the relay, no other sources, no tests', () => {
  const { botwatch, runtime } = made.lists
  const rest = botwatch.filter((path) => !path.startsWith('dist/'))
  assert.deepEqual(
    rest.filter((path) => path !== 'README.md'),
    ['CHANGELOG.md', 'LICENSE', 'NOTICE', 'package.json'],
  )
  for (const path of [
    'dist/generators/main.js',
    'dist/generators/commands/generate.js',
    'dist/definitions/language/index.js',
    'dist/definitions/language/index.d.ts',
    'dist/definitions/exporters/scrape.js',
  ])
    assert.ok(botwatch.includes(path), path)
  const program = readdirSync(join(root, relayProgram)).map((name) => `dist/${relayProgram}/${name}`)
  assert.deepEqual(
    [...botwatch, ...runtime].filter((path) => /(?<!\.d)\.ts$/.test(path)),
    program,
  )
  const wrong = [...botwatch, ...runtime].filter((path) => /mcbot|\btest\b(?!-alert)|demo/.test(path))
  assert.deepEqual(wrong, [])
  assert.ok(runtime.includes('dist/runtime/metrics.js') && runtime.includes('dist/definitions/language/metrics.js'))
})

test('the watchdog runs from the package', async () => {
  const { status, stdout, stderr } = await run('watchdog', '--', process.execPath, '-e', 'console.log("it ran")')
  assert.deepEqual({ status, stdout }, { status: 0, stdout: 'it ran\n' }, stderr)
})

test('neither package can be published by mistake', () => {
  assert.equal(packageJson(root).private, true)
  assert.equal(packageJson(join(root, 'runtime')).private, true)
})

test('the compiled command line starts fast: --help loads the table of commands, but no command and no package', async () => {
  const hooks = `
    export async function load(url, context, next) {
      if (url.startsWith('file:')) console.error('loaded ' + url)
      return next(url, context)
    }`
  const watch = `
    import module, { register } from 'node:module'
    register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hooks)}))
    process.on('exit', () => console.error('required ' + JSON.stringify(Object.keys(module._cache))))`
  const started = await runToEnd(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(watch)}`, made.main, '--help'],
    own,
  )
  assert.equal(started.status, 0, started.stderr)
  assert.match(started.stdout, /^botwatch: typed definitions/)
  assert.match(started.stderr, /^required \[\]$/m)
  const loaded = [...started.stderr.matchAll(/loaded (\S+)/g)].map(([, url = '']) => url)
  const generators = pathToFileURL(dirname(made.main)).href
  assert.deepEqual(loaded.map((url) => url.replace(`${generators}/`, '')).sort(), [
    'command-line/help.js',
    'command-line/parameter.js',
    'command-line/parse.js',
    'command-line/result.js',
    'command-line/run.js',
    'commands/table.js',
    'commands/version.js',
    'main.js',
    'text/list-text.js',
    'text/nearest.js',
  ])
})

test('the compiled command line generates from definitions in TypeScript, with the same bytes as the sources', async () => {
  const compiled = await run('generate', '--definitions', 'bots/index.ts', '--out', 'made/by-package')
  assert.equal(compiled.status, 0, compiled.stderr)
  assert.equal(compiled.stderr, '')
  const sources = ['--import', import.meta.resolve('tsx'), join(root, 'generators/main.ts')]
  const plain = ['generate', '--definitions', join(root, 'test/fixtures/minimal/index.ts'), '--out', 'made/by-sources']
  assert.equal((await runToEnd(process.execPath, [...sources, ...plain], own)).status, 0)
  const read = (folder: string) =>
    readdirSync(join(own, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(join(own, folder).length), readFileSync(path, 'utf8')])
  const written = read('made/by-package').map(([path]) => path)
  for (const name of ['relay.json', 'package.json', ...readdirSync(join(root, relayProgram))])
    assert.ok(written.includes(`/tiny/relay/${name}`), name)
  assert.deepEqual(read('made/by-package'), read('made/by-sources'))
  assert.equal(
    (await run('generate', '--check', '--definitions', 'bots/index.ts', '--out', 'made/by-package')).status,
    0,
  )
})

test('a finding of the compiled command line names the line of the TypeScript', async () => {
  cpSync(join(own, 'bots'), join(own, 'bad'), { recursive: true })
  const file = join(own, 'bad/metrics.ts')
  const text = readFileSync(file, 'utf8').replace("'Value of the portfolio.'", "''")
  writeFileSync(file, text)
  const line = text.split('\n').findIndex((one) => one.includes('equity_usdt: gauge(')) + 1
  const { status, stderr } = await run('generate', '--definitions', 'bad/index.ts', '--out', 'bad-out')
  assert.equal(status, 1)
  assert.match(stderr, new RegExp(`^error: help-missing at bad/metrics\\.ts:${line}\n`))
  assert.ok(!existsSync(join(own, 'bad-out')))
})

test('definitions in plain JavaScript need no compiler', async () => {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const options = ['--module', 'nodenext', '--target', 'es2023', '--rewriteRelativeImportExtensions', '--skipLibCheck']
  const built = await runToEnd(process.execPath, [tsc, ...options, '--outDir', 'plain', 'bots/index.ts'], own)
  assert.equal(built.status, 0, built.stdout)
  const { status, stderr } = await run('generate', '--definitions', 'plain/index.js', '--out', 'made/plain')
  assert.equal(status, 0, stderr)
})

test('definitions that import the packages by name type-check strictly, and a mistake in them is rejected', async () => {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const check = (file: string) =>
    runToEnd(
      process.execPath,
      [tsc, '--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--allowImportingTsExtensions', file],
      own,
    )
  assert.deepEqual(await check('bots/index.ts'), { status: 0, stdout: '', stderr: '' })
  const text = readFileSync(join(own, 'bots/alerts.ts'), 'utf8')
  const mistaken = text.replace("status: 'failed'", "status: 'fail'")
  assert.notEqual(mistaken, text)
  writeFileSync(join(own, 'bots/mistaken.ts'), mistaken)
  const refused = await check('bots/mistaken.ts')
  assert.notEqual(refused.status, 0)
  assert.match(refused.stdout, /^bots\/mistaken\.ts\(\d+,\d+\): error TS2322: Type '"fail"'/)
})
