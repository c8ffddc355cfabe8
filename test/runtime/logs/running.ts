import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'

const bot = fileURLToPath(new URL('./bot.ts', import.meta.url))

/** Runs the bot to its end; a bot that hangs is killed, and the error has its output. */
export async function runBot(options: object, ...more: readonly string[]) {
  const child = spawnBot(options, more, 'pipe')
  const [out, err, [status, signal]] = await Promise.all([
    text(child.stdout as Readable),
    text(child.stderr as Readable),
    once(child, 'close'),
  ])
  assert.equal(signal, null, `the bot hangs; its output:\n${out}\n${err}`)
  return { status: status as number, stdout: out, stderr: err }
}

export const spawnBot = (options: object, more: readonly string[], stdout: 'pipe' | number): ChildProcess =>
  spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), bot, JSON.stringify({ secrets: ['my-own-secret'], ...options }), ...more],
    { cwd: tmpdir(), stdio: ['ignore', stdout, 'pipe'], timeout: 60_000, killSignal: 'SIGKILL' },
  )

export function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-logs-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

type Line = Readonly<{ ts: string; run: string; seq: number }>
/** The lines as objects. */
export const parseLines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
