import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Plugin } from 'esbuild'

/** Work that a library does when it loads, and what does it on first use or leaves it out. */
interface Rewrite {
  readonly file: RegExp
  readonly texts: readonly (readonly [found: string, instead: string])[]
}

const rewrites: readonly Rewrite[] = [
  {
    // Each of these formatters takes longer to make than a module to load.
    file: /uplot.dist.uPlot\.esm\.js$/,
    texts: [
      [
        "const numFormatter = new Intl.NumberFormat(domEnv ? nav.language : 'en-US');",
        "let numFormatter; const numbers = () => (numFormatter ??= new Intl.NumberFormat(domEnv ? nav.language : 'en-US'));",
      ],
      ['val => numFormatter.format(val)', 'val => numbers().format(val)'],
      [
        'const localTz = new Intl.DateTimeFormat().resolvedOptions().timeZone;',
        'const localTz = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;',
      ],
      ['tz == localTz)', 'tz == localTz())'],
    ],
  },
  {
    file: /grafana.data.dist.esm.valueFormats.dateTimeFormatters\.mjs$/,
    texts: ['getDateTimeAsLocalFormat', 'getDateTimeAsLocalFormatNoDateIfToday'].map((name) => [
      `function ${name}() {`,
      `function ${name}() { let format; return (...all) => (format ??= ${name}Now())(...all) }
function ${name}Now() {`,
    ]),
  },
  {
    file: /grafana.data.dist.esm.field.fieldComparers\.mjs$/,
    texts: [
      [
        'const compare = new Intl.Collator("en", { sensitivity: "base" }).compare;',
        'let collator; const compare = (a, b) => (collator ??= new Intl.Collator("en", { sensitivity: "base" })).compare(a, b);',
      ],
    ],
  },
  {
    file: /grafana.ui.dist.esm.components.VizLegend.VizLegendTable\.mjs$/,
    texts: [
      [
        'const naturalCompare = new Intl.Collator(void 0, { numeric: true, sensitivity: "base" }).compare;',
        'let collator; const naturalCompare = (a, b) => (collator ??= new Intl.Collator(void 0, { numeric: true, sensitivity: "base" })).compare(a, b);',
      ],
    ],
  },
  {
    // The colours of a colour picker, sorted.
    file: /grafana.ui.dist.esm.utils.colors\.mjs$/,
    texts: [['let sortedColors = sortColorsByHue', 'let sortedColors = /* @__PURE__ */ sortColorsByHue']],
  },
  {
    file: /grafana.data.dist.esm.text.markdown\.mjs$/,
    texts: [
      [
        "import { marked } from 'marked';",
        `const marked = Object.assign((...all) => require('marked').marked(...all), {
  use: (...all) => require('marked').marked.use(...all),
  setOptions: (...all) => require('marked').marked.setOptions(...all),
});`,
      ],
    ],
  },
]

/** Leaves for later, or does while building, what the libraries do when they load; it would delay the first drawing. */
export const later = (folder: string): Plugin => ({
  name: 'later',
  setup({ onLoad }) {
    for (const { file, texts } of rewrites)
      onLoad({ filter: file }, ({ path }) => ({ contents: rewritten(path, texts), loader: 'js' }))
    onLoad({ filter: /grafana.e2e-selectors.dist.esm.index\.mjs$/ }, () => ({
      contents: selectors(folder),
      loader: 'js',
    }))
  },
})

function rewritten(path: string, texts: Rewrite['texts']): string {
  let text = readFileSync(path, 'utf8')
  for (const [found, instead] of texts) {
    if (text.split(found).length !== 2)
      throw new Error(
        `${path} no longer has once: ${found}\nLook how this version does it, and correct build/later.ts.`,
      )
    text = text.replace(found, () => instead)
  }
  return text
}

/** The names of elements as the library resolves them for this version, which takes it longer than any other module. */
function selectors(folder: string): string {
  const { selectors }: { selectors: Named } = createRequire(join(folder, 'package.json'))('@grafana/e2e-selectors')
  return `export const selectors = ${written(selectors)}
export const Pages = selectors.pages
export const Components = selectors.components`
}

interface Named {
  readonly [name: string]: string | ((...of: never) => string) | Named
}

const written = (named: Named): string =>
  `{ ${Object.entries(named)
    .map(
      ([name, one]) =>
        `${JSON.stringify(name)}: ${typeof one === 'object' ? written(one) : typeof one === 'string' ? JSON.stringify(one) : `${one}`}`,
    )
    .join(', ')} }`
