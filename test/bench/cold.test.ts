import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

/** How many times as much processor time as its libraries alone one cold generation may take: it takes about three times. */
const most = 4.5

const reportsUsage = `data:text/javascript,${encodeURIComponent(`process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  console.error('processor ' + (user + system) / 1e6)
})`)}`

/** Processor seconds of a Node.js process with tsx. */
function processorSeconds(...args: readonly string[]): number {
  const { status, stderr } = spawnSync(process.execPath, ['--import', reportsUsage, '--import', 'tsx', ...args], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
  return Number(/^processor ([\d.]+)$/m.exec(stderr)?.[1])
}

/** tsx with the libraries of a generation, which do nothing. */
const libraries = () =>
  processorSeconds(
    '--input-type=module',
    '--eval',
    "await Promise.all(['yaml', 'zod', 'prom-client', '@lezer/lr'].map((name) => import(name)))",
  )

test('a cold generation of one bot through tsx stays cheap, measured in processor time beside its libraries alone', (t) => {
  const out = mkdtempSync(join(tmpdir(), 'botwatch-cold-'))
  t.after(() => rmSync(out, { recursive: true }))
  const generate = () => processorSeconds('generators/main.ts', 'generate', '--bot', 'mcbot', '--out', out)
  // tsx keeps what it has compiled, and compiles each file once after a change
  generate()
  // a busy machine makes every process dearer, so both are measured at the same time, in turns
  const before = libraries()
  const generation = generate()
  const base = (before + libraries()) / 2
  t.diagnostic(`${generation} s beside ${base} s`)
  assert.ok(
    base > 0.1 && generation < most * base,
    `${generation} s of processor beside ${base} s, ${most} times at most`,
  )
})
