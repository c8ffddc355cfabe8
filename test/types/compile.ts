import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's top folder, with a trailing slash. */
export const top = fileURLToPath(new URL('../../', import.meta.url))

/** One error of the compiler with its whole chain of reasons. */
type CompilerError = Readonly<{ file: string; line: number; message: string }>

/** What the compiler says about some files: its errors, and the figures of --extendedDiagnostics by their names. */
type CompileResult = Readonly<{ complaints: readonly CompilerError[]; figures: ReadonlyMap<string, number> }>

/**
 * Type-checks files, given by name and text, with the repository's own settings, in a temporary folder. They import the
 * repository by absolute paths: see `importing`.
 */
export async function compile(files: ReadonlyMap<string, string>): Promise<CompileResult> {
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-types-'))
  try {
    for (const [name, text] of files) writeFileSync(join(folder, name), text)
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings, null, 2))
    return read(await tsc(folder))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The text of a file in `test/types`, with its relative imports made absolute. */
export const withImports = (text: string): string =>
  text.replace(/(?<=from ')\.\.\/\.\.\//g, top).replace(/(?<=from ')\.\.\//g, `${top}test/`)

const settings = {
  extends: join(top, 'tsconfig.json'),
  compilerOptions: {
    typeRoots: [join(top, 'node_modules/@types')],
    // the imports of the copies are absolute, and nothing is emitted
    rewriteRelativeImportExtensions: false,
  },
  include: ['*.ts'],
}

function tsc(folder: string): Promise<string> {
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
  const args = [compiler, '--noEmit', '--singleThreaded', '--extendedDiagnostics', '--pretty', 'false', '-p', folder]
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 1 << 26 }, (_, stdout, stderr) => {
      if (/^Instantiations:/m.test(stdout)) resolve(stdout)
      else reject(new Error(`tsc did not finish: ${stderr || stdout}`))
    })
  })
}

function read(output: string): CompileResult {
  const complaints: { file: string; line: number; message: string }[] = []
  const figures = new Map<string, number>()
  for (const line of output.split('\n')) {
    const [, file, at, message] = /^(.+?)\((\d+),\d+\): error (.*)$/.exec(line) ?? []
    const [, name, value] = /^([A-Z][\w ]+): +([\d.]+)[Ks]?$/.exec(line) ?? []
    if (file !== undefined) complaints.push({ file, line: Number(at), message: message as string })
    else if (name !== undefined) figures.set(name, Number(value))
    else if (line.startsWith(' ') && complaints.length > 0) {
      const last = complaints[complaints.length - 1] as { message: string }
      last.message += `\n${line}`
    } else if (/^error /.test(line)) complaints.push({ file: '', line: 0, message: line })
  }
  return { complaints, figures }
}
