import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { copyFonts } from './fonts.ts'
import { entry, htmlFiles, stylesOf } from './html.ts'
import { copyIcons, iconsAtOnce } from './icons.ts'
import { later } from './later.ts'
import { leftOut } from './left-out.ts'
import { licencesOf } from './licences.ts'

// Writes the page to dist/ as a static folder: what the browser loads, and the licences of its contents.

const here = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(here, 'dist')
const started = performance.now()
const kilobytes = (bytes: number) => `${Math.round(bytes / 1000).toLocaleString('en-US')} kB`

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist)
const { metafile, outputFiles } = await build({
  absWorkingDir: here,
  entryPoints: { main: entry },
  // Browsers keep a file for as long as its name stays the same.
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  outdir: 'dist',
  bundle: true,
  // What is imported on demand is a script of its own.
  splitting: true,
  minify: true,
  write: false,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'none',
  metafile: true,
  plugins: [leftOut(here), later(here), iconsAtOnce(here)],
  logLevel: 'error',
})
const styles = stylesOf(metafile.outputs)
const sent = outputFiles.filter(({ path }) => !path.endsWith('.css') || path === join(here, styles))
const sizes = sent.map(({ path, contents }) => {
  const packed = brotliCompressSync(contents)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, contents)
  writeFileSync(`${path}.br`, packed)
  writeFileSync(`${path}.gz`, gzipSync(contents, { level: 9 }))
  return { plain: contents.length, packed: packed.length }
})
for (const [name, text] of htmlFiles(readFileSync(join(here, 'page/index.html'), 'utf8'), metafile))
  writeFileSync(join(dist, name), text)
copyFonts(here, join(dist, 'fonts'))
copyIcons(here, join(dist, 'build/img/icons'))
writeFileSync(join(dist, 'THIRD_PARTY_LICENSES.txt'), licencesOf(metafile, here))

const sum = (of: 'plain' | 'packed') => sizes.reduce((all, one) => all + one[of], 0)
console.log(
  `built the preview into preview/dist in ${((performance.now() - started) / 1000).toFixed(1)} s: ${kilobytes(sum('plain'))} of scripts and styles, compressed ${kilobytes(sum('packed'))}`,
)
