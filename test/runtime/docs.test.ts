import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { runToEnd } from '../commands/project.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The code blocks of a language. */
const blocks = (path: string, language: string): readonly string[] =>
  [...readFileSync(join(root, path), 'utf8').matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    ([, text]) => text as string,
  )

test('every example in the documentation of the runtime compiles', async (t) => {
  // Inside the repository, so that its Node types are found.
  const folder = mkdtempSync(join(root, 'node_modules/.botwatch-docs-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const examples = [...blocks('docs/runtime.md', 'ts'), ...blocks('docs/watchdog.md', 'ts')]
  assert.ok(examples.length >= 6)
  for (const [i, text] of examples.entries()) writeFileSync(join(folder, `example-${i}.ts`), `${text}export {}\n`)
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        paths: {
          '@botwatch/runtime': [join(root, 'runtime/index.ts')],
          '@botwatch/runtime/metrics': [join(root, 'runtime/metrics.ts')],
          '@botwatch/runtime/*': [join(root, 'runtime/*/index.ts')],
        },
        noUnusedLocals: false,
      },
      include: ['*.ts'],
      exclude: [],
    }),
  )
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const { status, stdout } = await runToEnd(process.execPath, [tsc, '-p', folder, '--singleThreaded'], root)
  assert.equal(status, 0, stdout)
})
