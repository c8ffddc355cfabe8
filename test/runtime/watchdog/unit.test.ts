import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { runToEnd } from '../../commands/project.ts'
import { skipTest } from '../../servers/skipped.ts'

const documented = new URL('../../../docs/watchdog.md', import.meta.url)

test('systemd accepts every line of the documented unit', async (t) => {
  const found = await runToEnd('systemd-analyze', ['--version'], '/').catch(() => null)
  if (found?.status !== 0) return skipTest(t, ['systemd-analyze'], ['run the tests where systemd is installed'])
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-unit-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const [, unit = ''] = /```ini\n(.*?)```/s.exec(readFileSync(documented, 'utf8')) ?? []
  const path = join(folder, 'botwatch-documented.service')
  // systemd checks that the program exists.
  const verified = async (text: string) => {
    writeFileSync(path, text.replace('/usr/bin/npx', process.execPath))
    const { stderr } = await runToEnd('systemd-analyze', ['verify', path], folder)
    return stderr.split('\n').filter((line) => line.includes('botwatch-documented'))
  }
  assert.deepEqual(await verified(unit), [])
  const wrong = await verified(unit.replace('OOMPolicy=', 'OOMPolitic='))
  assert.match(wrong.join('\n'), /Unknown key (?:name )?'OOMPolitic'/)
})
