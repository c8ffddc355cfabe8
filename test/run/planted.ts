import { spawn } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'

const runner = fileURLToPath(new URL('../run.mjs', import.meta.url))
const expected = fileURLToPath(new URL('../fixtures/expected.ts', import.meta.url))

/** A folder with its own test files, in which the test runner runs. */
export function plantFiles(t: TestContext, files: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), 'botwatch-planted-'))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  const put = (path: string, source: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), source)
  }
  put('package.json', '{ "type": "module" }\n')
  for (const [path, source] of Object.entries(files)) put(path, source)
  symlinkSync(join(runner, '../../node_modules'), join(root, 'node_modules'))
  mkdirSync(join(root, 'test/fixtures'), { recursive: true })
  copyFileSync(expected, join(root, 'test/fixtures/expected.ts'))
  const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const { CI: _, ...ours } = process.env
    const child = spawn(process.execPath, [runner, ...args], {
      cwd: root,
      env: { ...ours, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    t.after(() => child.kill('SIGTERM'))
    return child
  }
  return {
    read: (path: string) => readFileSync(join(root, path), 'utf8'),
    start,
    /** What a run prints, with N in place of each time, and its exit code. */
    run: async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
      const child = start(args, env)
      const exit = new Promise<number | null>((resolve) => child.once('exit', resolve))
      const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
      return {
        exit: await exit,
        text: `${out}${err}`
          .replaceAll(root, 'ROOT')
          .replace(/\d+\.\d s\b/g, 'N s')
          .replace(/(within|longer than|after|used|in) \d+ s\b/g, '$1 N s'),
      }
    },
  }
}

/** Whether a process is running; a zombie is not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !existsSync('/proc') || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** The beginning of a test file. */
export const head = "import assert from 'node:assert/strict'\nimport { test } from 'node:test'\n"
