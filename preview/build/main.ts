import { cpSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { copyFonts } from './fonts.ts'
import { copyIcons } from './icons.ts'
import { leftOut } from './left-out.ts'
import { licencesOf } from './licences.ts'

// Writes the page to dist/ as a static folder: what the browser loads, and the licences of its contents.

const here = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(here, 'dist')
const started = performance.now()

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist)
const { metafile, outputFiles } = await build({
  absWorkingDir: here,
  entryPoints: { main: 'page/main.tsx' },
  outdir: 'dist',
  bundle: true,
  minify: true,
  write: false,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'none',
  metafile: true,
  plugins: [leftOut(here)],
  logLevel: 'error',
})
for (const { path, contents } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, contents)
}
cpSync(join(here, 'page/index.html'), join(dist, 'index.html'))
copyFonts(here, join(dist, 'fonts'))
copyIcons(here, join(dist, 'build/img/icons'))
writeFileSync(join(dist, 'THIRD_PARTY_LICENSES.txt'), licencesOf(metafile, here))

const script = outputFiles.find(({ path }) => path.endsWith('main.js'))
const size = statSync(join(dist, 'main.js')).size
const packed = gzipSync(script?.contents ?? '', { level: 9 }).length
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
console.log(
  `built the preview into preview/dist in ${((performance.now() - started) / 1000).toFixed(1)} s: ${megabytes(size)} of JavaScript (${megabytes(packed)} packed)`,
)
