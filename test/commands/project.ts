import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chownSync, cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

export interface ProcessResult {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The folder of a user with definitions, copied from the smallest bot. */
export interface Project {
  readonly folder: string
  /** Runs the command line in the folder. */
  readonly run: (...args: readonly string[]) => Promise<ProcessResult>
  /** The same as a user for whom permissions apply, unlike root; the user then owns the folder. */
  readonly runWithoutRights: (...args: readonly string[]) => Promise<ProcessResult>
  /** Replaces a text that must occur in a definitions file. */
  readonly change: (file: string, from: string, to: string) => void
  /** The line of a text that must occur in a file. */
  readonly line: (file: string, text: string) => number
  readonly read: (path: string) => string
  readonly write: (path: string, text: string) => void
  /** Every file below a folder with its text. */
  readonly tree: (path: string) => Readonly<Record<string, string>>
}

/** A new project, removed when the test file ends; `command` runs it, by default the sources through tsx. */
export function project(command: readonly string[] = sources): Project {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'botwatch-project-')))
  after(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(join(root, 'test/fixtures/minimal'), join(folder, 'definitions'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
  const at = (path: string) => join(folder, path)
  const read = (path: string) => readFileSync(at(path), 'utf8')
  const write = (path: string, text: string) => writeFileSync(at(path), text)
  for (const file of readdirSync(at('definitions')))
    write(
      `definitions/${file}`,
      read(`definitions/${file}`).replaceAll("'../../../definitions/", `'${root}definitions/`),
    )
  return {
    folder,
    run: (...args) => runToEnd(process.execPath, [...command, ...args], folder),
    runWithoutRights: (...args) => {
      const isRoot = process.getuid?.() === 0
      if (isRoot)
        for (const path of [folder, ...readdirSync(folder, { recursive: true }).map(String).map(at)])
          chownSync(path, nobody, nobody)
      return runToEnd(process.execPath, [...command, ...args], folder, isRoot ? { uid: nobody, gid: nobody } : {})
    },
    change: (file, from, to) => {
      const text = read(file)
      assert.equal(text.split(from).length, 2, `${file} holds ${JSON.stringify(from)} once`)
      write(
        file,
        text.replace(from, () => to),
      )
    },
    line: (file, text) => {
      const index = read(file)
        .split('\n')
        .findIndex((line) => line.includes(text))
      assert.notEqual(index, -1, `${file} holds ${JSON.stringify(text)}`)
      return index + 1
    },
    read,
    write,
    tree: (path) =>
      Object.fromEntries(
        readdirSync(at(path), { withFileTypes: true, recursive: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .sort()
          .map((file) => [file.slice(at(path).length + 1), readFileSync(file, 'utf8')]),
      ),
  }
}

/** The command line from its sources. */
const sources = ['--import', import.meta.resolve('tsx'), join(root, 'generators/main.ts')]

const nobody = 65_534

/** Runs a program to its end. */
export function runToEnd(
  program: string,
  args: readonly string[],
  folder: string,
  user: { readonly uid?: number; readonly gid?: number } = {},
): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], ...user })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, stdout, stderr }))
  })
}
