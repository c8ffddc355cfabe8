import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
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
import type { TestContext } from 'node:test'
import { runToEnd } from '../commands/project.ts'
import { files, root } from '../invariants/repository.ts'

/** One edit of a file: a new one, or text put before or in place of text that occurs in it exactly once. */
export type Edit =
  | { readonly file: string; readonly create: string }
  | { readonly file: string; readonly before: string; readonly insert: string }
  | { readonly file: string; readonly replace: string; readonly by: string }

/** A copy of the repository in which edits are tried. */
interface Copy {
  readonly folder: string
  readonly edit: (edits: readonly Edit[]) => void
  /** Runs Node on a file of the copy; its output, or an error that shows it. */
  readonly run: (...args: readonly string[]) => Promise<string>
  /** Runs test files of the copy, or those of their tests whose names contain one of these texts. */
  readonly test: (tests: readonly string[], only?: readonly string[]) => Promise<void>
  readonly read: (file: string) => string
}

/** Copies every committed file into a repository in a temporary folder; packages and servers are linked, except for the workspace, which is part of the copy. */
export function copyOf(t: TestContext): Copy {
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-contributing-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  for (const file of files.filter((path) => !path.startsWith('docs/pictures'))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    cpSync(join(root, file), join(folder, file))
  }
  execFileSync('git', ['init', '--quiet'], { cwd: folder })
  for (const linked of ['node_modules', '.tools'].filter((name) => existsSync(join(root, name)))) {
    symlinkSync(join(root, linked), join(folder, linked))
    // the patterns of .gitignore are for folders, and a link is none
    appendFileSync(join(folder, '.git/info/exclude'), `/${linked}\n`)
  }
  const read = (file: string) => readFileSync(join(folder, file), 'utf8')
  const run = async (...args: readonly string[]) => {
    const { status, stdout, stderr } = await runToEnd(process.execPath, args, folder)
    if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`)
    return stdout + stderr
  }
  return {
    folder,
    read,
    edit: (edits) => {
      for (const edit of edits) {
        mkdirSync(dirname(join(folder, edit.file)), { recursive: true })
        writeFileSync(
          join(folder, edit.file),
          'create' in edit ? edit.create : edited(edit.file, read(edit.file), edit),
        )
      }
    },
    run,
    test: async (tests, only = []) => {
      const patterns = only.map((name) => `--test-name-pattern=${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)
      await run('--import', 'tsx', '--test', '--test-reporter=spec', ...patterns, ...tests)
    },
  }
}

function edited(file: string, text: string, edit: Exclude<Edit, { readonly create: string }>): string {
  const anchor = 'before' in edit ? edit.before : edit.replace
  const count = text.split(anchor).length - 1
  if (count !== 1)
    throw new Error(`${file}: expected exactly one '${anchor}', found ${count}: the recipe is out of date`)
  return text.replace(anchor, () => ('before' in edit ? edit.insert + edit.before : edit.by))
}
