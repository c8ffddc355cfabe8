import { basename } from 'node:path'
import type { Metafile } from 'esbuild'

/** The pages, and which modules each loads at once instead of when another script asks for them. */
const pages: Readonly<Record<string, readonly string[]>> = {
  'index.html': ['page/page.tsx', 'page/views/list.tsx'],
  'dashboard.html': [
    'page/page.tsx',
    'page/views/open-dashboard.tsx',
    'page/panels/stats.tsx',
    'page/panels/curves.tsx',
  ],
}

export const entry = 'page/main.ts'

type Outputs = Metafile['outputs']

/** The HTML files by name: the template with the styles and scripts that each needs. */
export function htmlFiles(template: string, { outputs }: Metafile): ReadonlyMap<string, string> {
  const first = scriptOf(entry, outputs)
  const styles = basename(stylesOf(outputs))
  return new Map(
    Object.entries(pages).map(([name, modules]) => {
      const soon = new Set(modules.flatMap((module) => [...withImports(scriptOf(module, outputs), outputs)]))
      soon.delete(first)
      const lines = [
        `<link rel="stylesheet" href="/${styles}">`,
        `<script type="module" src="/${basename(first)}"></script>`,
        ...[...soon].map((path) => `<link rel="modulepreload" href="/${basename(path)}">`),
      ]
      return [name, template.replace('<!-- styles and scripts -->', lines.join('\n    '))]
    }),
  )
}

/** The one file with the styles of all scripts, also of those on demand. */
export const stylesOf = (outputs: Outputs): string => outputs[scriptOf(entry, outputs)]?.cssBundle ?? ''

function scriptOf(module: string, outputs: Outputs): string {
  const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === module)
  if (found === undefined) throw new Error(`${module} is not a script of its own: nothing imports it on demand`)
  return found[0]
}

/** A script and all that it imports. */
function withImports(script: string, outputs: Outputs, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(script)) return seen
  seen.add(script)
  for (const { path, kind } of outputs[script]?.imports ?? [])
    if (kind === 'import-statement') withImports(path, outputs, seen)
  return seen
}
