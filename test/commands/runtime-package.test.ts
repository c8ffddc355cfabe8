import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { builtIn } from './packed-packages.ts'
import { runToEnd } from './project.ts'
import { needsNode24, npmProgram, tarballs } from './runtime-package.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const tsc = join(root, 'node_modules/typescript/bin/tsc')
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'botwatch-runtime-package-')))
after(() => rmSync(folder, { recursive: true, force: true }))

const built = await builtIn(folder, 'runtime/tsconfig.build.json', 'runtime', '@botwatch/runtime')
const pack = ['pack', built, '--ignore-scripts', '--offline', '--silent', '--pack-destination', folder]
const packed = await runToEnd('npm', pack, folder)
assert.equal(packed.status, 0, packed.stderr)
const tarball = join(folder, packed.stdout.trim())
const needed = await tarballs('prom-client', folder)

/** The README's example with a free port, since its own may be in use here, and what it serves. */
const readme = readFileSync(join(root, 'runtime/README.md'), 'utf8')
const example = `${(/```ts\n(.*?)```/s.exec(readme) as RegExpExecArray)[1]?.replace('port: 9100', 'port: 0')}
process.stdout.write(await (await fetch(\`\${server.url}/metrics\`)).text())
await server.close()
`
const served = `# HELP mybot_orders_total Orders by side.
# TYPE mybot_orders_total counter
mybot_orders_total{symbol="BTCUSDT",side="buy"} 1
mybot_orders_total{symbol="BTCUSDT",side="sell"} 0
mybot_orders_total{symbol="ETHUSDT",side="buy"} 0
mybot_orders_total{symbol="ETHUSDT",side="sell"} 0
`
const required = `const { createMetrics } = require('@botwatch/runtime')
const { catalogue, counter } = require('@botwatch/runtime/metrics')
const metrics = createMetrics(catalogue('mybot', { bars_total: counter({ help: 'Bars.' }) }))
metrics.bars_total.inc()
metrics.render().then((text) => process.stdout.write(text))
`

/** Every entry point, as a user imports it. */
const { exports } = JSON.parse(readFileSync(join(root, 'runtime/package.json'), 'utf8')) as { exports: object }
const entries = Object.keys(exports).map((path) => path.replace('.', '@botwatch/runtime'))
const imported = `${entries.map((entry) => `console.log(Object.keys(await import('${entry}')).sort().join())`).join('\n')}\n`
const requiredToo = `${entries.map((entry) => `console.log(Object.keys(require('${entry}')).sort().join())`).join('\n')}\n`

test('the tarball of the runtime is small', () => {
  const { size } = statSync(tarball)
  assert.ok(size < 120_000, `${size} bytes`)
})

/** An extra without any of its libraries installed. */
const extras = `import { createLog } from '@botwatch/runtime/logs'
await createLog({}, { bot: 'mybot' }).catch((error) => console.log(error.message))
`

for (const [what, node] of [
  [`Node ${process.versions.node}`, async () => process.execPath],
  ['Node 24', needsNode24],
] as const)
  test(`the runtime installs into an empty project on ${what}, type-checks, and runs the README's example`, async (t: TestContext) => {
    const program = await node(t)
    if (program === undefined) return
    const own = join(folder, what.replace(' ', '-'))
    mkdirSync(own)
    writeFileSync(join(own, 'package.json'), '{ "type": "module" }\n')
    const install = ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', tarball, ...needed]
    const installed = await runToEnd(program, [npmProgram(), ...install], own)
    assert.equal(installed.status, 0, installed.stderr)

    writeFileSync(join(own, 'example.ts'), example)
    const options = ['--strict', '--module', 'nodenext', '--target', 'es2023', '--types', 'node']
    const types = ['--typeRoots', join(root, 'node_modules/@types')]
    // The types of the logs also use pino's, which is not installed.
    const typed = entries.filter((entry) => !entry.endsWith('/logs'))
    writeFileSync(join(own, 'entries.ts'), typed.map((entry) => `import '${entry}'\n`).join(''))
    const compiled = await runToEnd(program, [tsc, ...options, ...types, 'example.ts', 'entries.ts'], own)
    assert.deepEqual(compiled, { status: 0, stdout: '', stderr: '' })
    writeFileSync(join(own, 'logs.ts'), "import '@botwatch/runtime/logs'\n")
    const logs = await runToEnd(program, [tsc, ...options, ...types, '--noEmit', 'logs.ts'], own)
    assert.match(
      logs.stdout,
      /^\S+: error TS2307: Cannot find module 'pino' or its corresponding type declarations\.\n$/,
    )
    const run = await runToEnd(program, ['example.js'], own)
    assert.equal(run.stderr, '')
    assert.ok(run.stdout.startsWith(served), run.stdout)
    assert.match(run.stdout, /^mybot_loop_age_seconds 0(\.\d+)?$/m)

    writeFileSync(join(own, 'extras.js'), extras)
    assert.deepEqual(await runToEnd(program, ['extras.js'], own), {
      status: 0,
      stdout: 'createLog: pino is not installed; run npm install pino\n',
      stderr: '',
    })

    writeFileSync(join(own, 'required.cjs'), required)
    const asCommonJs = await runToEnd(program, ['required.cjs'], own)
    const bars = '# HELP mybot_bars_total Bars.\n# TYPE mybot_bars_total counter\nmybot_bars_total 1\n'
    assert.ok(asCommonJs.stdout.startsWith(bars), asCommonJs.stderr || asCommonJs.stdout)

    writeFileSync(join(own, 'all.mjs'), imported)
    writeFileSync(join(own, 'all.cjs'), requiredToo)
    const all = await runToEnd(program, ['all.mjs'], own)
    assert.deepEqual({ ...all, stdout: all.stdout.trim().split('\n').length }, { status: 0, stdout: 10, stderr: '' })
    assert.equal((await runToEnd(program, ['all.cjs'], own)).stdout, all.stdout)
  })
