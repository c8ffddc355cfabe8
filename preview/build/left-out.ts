import { join } from 'node:path'
import type { Plugin } from 'esbuild'

/** Editors, maps and telemetry that the libraries load but a page that only draws never calls. */
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
  'react-monaco-editor',
  'slate',
  'slate-plain-serializer',
  'slate-react',
]

/** Leaves them out of the page; code that uses one gets an empty stub that can be extended and called. */
export const leftOut = (folder: string): Plugin => ({
  name: 'left-out',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(${unused.join('|')})(/|$)`) }, ({ path }) => ({ path, namespace: 'left-out' }))
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
      contents:
        'module.exports = new Proxy(function () {}, { get: (_, key) => (key === "__esModule" ? false : class {}) })',
      loader: 'js',
    }))
    // All time zones of the last ten years instead of those since 1970.
    onResolve({ filter: /^moment-timezone$/ }, () => ({
      path: join(folder, 'node_modules/moment-timezone/builds/moment-timezone-with-data-10-year-range.js'),
    }))
  },
})
