import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { runToEnd } from './project.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const modules = join(root, 'node_modules')
const tsc = join(modules, 'typescript/bin/tsc')

interface PackedPackages {
  /** Holds `node_modules` with both packages as npm would install them. */
  readonly folder: string
  readonly main: string
  /** The paths in each package, as `npm pack` lists them. */
  readonly lists: { readonly botwatch: readonly string[]; readonly runtime: readonly string[] }
}

/** Builds both packages next to the repository, as `npm run build` does inside it, and installs what npm would pack. */
export async function packPackages(): Promise<PackedPackages> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'botwatch-packed-')))
  after(() => rmSync(folder, { recursive: true, force: true }))
  const [botwatch, runtime] = [
    await pack(folder, 'tsconfig.build.json', '.', 'botwatch'),
    await pack(folder, 'runtime/tsconfig.build.json', 'runtime', '@botwatch/runtime'),
  ]
  // What npm would download is there already.
  const needed = ['.', 'runtime'].flatMap((of) => Object.keys(packageJson(join(root, of)).dependencies ?? {}))
  for (const name of new Set(needed)) link(name, folder)
  return { folder, main: join(folder, 'node_modules/botwatch/dist/generators/main.js'), lists: { botwatch, runtime } }
}

async function pack(folder: string, config: string, source: string, name: string): Promise<readonly string[]> {
  const built = await builtIn(folder, config, source, name)
  const listed = await runToEnd('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'], built)
  assert.equal(listed.status, 0, listed.stderr)
  const [{ files }] = JSON.parse(listed.stdout) as [{ files: readonly { path: string }[] }]
  for (const { path } of files) cpSync(join(built, path), join(folder, 'node_modules', name, path))
  rmSync(built, { recursive: true })
  return files.map(({ path }) => path)
}

/** A package as npm packs it: its own files, and the result of building the sources. */
export async function builtIn(folder: string, config: string, source: string, name: string): Promise<string> {
  const built = join(folder, 'built', name)
  mkdirSync(built, { recursive: true })
  // Types are checked in another stage; only the output matters here.
  const compile = [tsc, '-p', join(root, config), '--outDir', join(built, 'dist'), '--singleThreaded', '--noCheck']
  const compiled = await runToEnd(process.execPath, compile, root)
  assert.equal(compiled.status, 0, `${config} compiles:\n${compiled.stdout}`)
  if (source === '.') {
    const copied = await runToEnd('npm', ['run', '--silent', 'copy-relay', join(built, 'dist')], root)
    assert.equal(copied.status, 0, copied.stderr)
  }
  for (const file of readdirSync(join(root, source), { withFileTypes: true }))
    if (file.isFile()) cpSync(join(root, source, file.name), join(built, file.name))
  return built
}

function link(name: string, folder: string): void {
  const to = join(folder, 'node_modules', name)
  mkdirSync(dirname(to), { recursive: true })
  symlinkSync(join(modules, name), to)
}

/** The package.json of a folder. */
export const packageJson = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly private: boolean
    readonly exports?: Readonly<Record<string, unknown>>
    readonly dependencies?: Readonly<Record<string, string>>
  }
