import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Plugin, PluginBuild } from 'esbuild'

/** Editors, maps, telemetry and drawing on a server, which the libraries load but a page that only draws never calls. */
const unused = [
  '@codemirror',
  '@grafana/faro-web-sdk',
  '@grafana/slate-react',
  '@monaco-editor/react',
  '@opentelemetry',
  '@uiw',
  'codemirror',
  'monaco-editor',
  'monaco-promql',
  'ol',
  'react-dom/server',
  'react-monaco-editor',
  'slate',
  'slate-plain-serializer',
  'slate-react',
]

/** Small modules in place of packages of which the page needs little. */
const standIns: Readonly<Record<string, string>> = {
  // All time zones of the last ten years instead of those since 1970.
  'moment-timezone': 'node_modules/moment-timezone/builds/moment-timezone-with-data-10-year-range.js',
  '@grafana/i18n': 'build/stand-ins/i18n.js',
  zod: 'build/stand-ins/zod.js',
}

/** Leaves out of the page what it does not need; code that uses one of those gets an empty stub that can be extended and called. */
export const leftOut = (folder: string): Plugin => ({
  name: 'left-out',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^(${unused.join('|')})(/|$)`) }, ({ path }) => ({
      path,
      namespace: 'left-out',
    }))
    // What the libraries load on demand: editors, maps and translations.
    build.onResolve({ filter: /./ }, ({ kind, importer }) =>
      kind === 'dynamic-import' && importer.includes('node_modules')
        ? { path: 'on-demand', namespace: 'left-out' }
        : undefined,
    )
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
      contents:
        'module.exports = new Proxy(function () {}, { get: (_, key) => (key === "__esModule" ? false : class {}) })',
      loader: 'js',
    }))
    build.onResolve({ filter: new RegExp(`^(${Object.keys(standIns).join('|')})$`) }, ({ path }) => ({
      path: join(folder, standIns[path] ?? path),
      sideEffects: path === 'moment-timezone',
    }))
    const replace = (filter: RegExp, importers: RegExp, by: string) =>
      build.onResolve({ filter }, ({ importer }) =>
        importers.test(importer) ? { path: join(folder, by), sideEffects: false } : undefined,
      )
    replace(/\/registry\.mjs$/, /grafana.data.dist.esm.(?:themes.|index\.mjs)/, 'build/stand-ins/themes.js')
    replace(/\/(?:AdHocFilters|GroupBy)Variable\.js$/, /grafana.scenes/, 'build/stand-ins/filters.js')
    nameMembers(build, folder)
  },
})

/** Gives lodash a module with names: of one without, each of a hundred files copies all its members when it loads. */
function nameMembers({ onResolve, onLoad }: PluginBuild, folder: string): void {
  onResolve({ filter: /^lodash$/ }, ({ kind }) =>
    kind === 'import-statement' ? { path: 'lodash', namespace: 'named' } : undefined,
  )
  onLoad({ filter: /.*/, namespace: 'named' }, () => ({
    contents: `import all from 'lodash/lodash.js'
export default all
export const { ${Object.keys(createRequire(join(folder, 'package.json'))('lodash')).join(', ')} } = all`,
    resolveDir: folder,
  }))
}
