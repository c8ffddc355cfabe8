import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

/** Processor seconds that one cold generation may take: it takes 1.4 to 2 on a busy machine. */
const most = 3

const tellsUsage = `data:text/javascript,${encodeURIComponent(`process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  console.error('processor ' + (user + system) / 1e6)
})`)}`

test('a cold generation of one bot through tsx stays cheap, measured in processor time and not wall-clock time', (t) => {
  const out = mkdtempSync(join(tmpdir(), 'botwatch-cold-'))
  t.after(() => rmSync(out, { recursive: true }))
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      ...['--import', tellsUsage, '--import', 'tsx'],
      ...['generators/main.ts', 'generate', '--bot', 'mcbot', '--out', out],
    ],
    { cwd: fileURLToPath(new URL('../../', import.meta.url)), encoding: 'utf8' },
  )
  assert.equal(status, 0, stderr)
  const seconds = Number(/^processor ([\d.]+)$/m.exec(stderr)?.[1])
  t.diagnostic(`${seconds} s`)
  assert.ok(seconds > 0.1 && seconds < most, `${seconds} s of processor, ${most} are the most`)
})
