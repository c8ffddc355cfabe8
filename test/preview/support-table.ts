import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A value at a path in the JSON of a panel or dashboard. */
interface JsonSetting {
  readonly path: string
  readonly value: unknown
}

/** A row of a table in docs/preview.md. */
export interface SupportRow {
  readonly section: string
  readonly what: string
  readonly settings: readonly JsonSetting[]
  /** The note that the preview shows; empty if it draws as Grafana does. */
  readonly note: string
}

const document = readFileSync(fileURLToPath(new URL('../../docs/preview.md', import.meta.url)), 'utf8')

/** The tables of docs/preview.md. */
export const supportRows: readonly SupportRow[] = document.split(/^## /m).flatMap((text) => {
  const [section = '', ...lines] = text.split('\n')
  return lines
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => {
      const [what = '', set = '', shown = ''] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim())
      const settings = [...set.matchAll(/`([\w.]+): (.*?)`(?=, `|$)/g)].map(([, path = '', value = '']) => ({
        path,
        value: JSON.parse(value) as unknown,
      }))
      return { section, what, settings, note: shown === 'as in Grafana' ? '' : shown }
    })
})

/** A JSON object with a value set at a path; an object that is there already keeps its other properties. */
export function withSetting(json: unknown, { path, value }: JsonSetting): unknown {
  const [first, ...rest] = path.split('.')
  if (first === undefined || first === '') return value
  const inside = { path: rest.join('.'), value }
  if (Array.isArray(json) || (json === undefined && /^\d+$/.test(first))) {
    const items: readonly unknown[] = Array.isArray(json) ? json : []
    return Array.from({ length: Math.max(items.length, Number(first) + 1) }, (_, i) =>
      i === Number(first) ? withSetting(items[i], inside) : items[i],
    )
  }
  const object = (json ?? {}) as Readonly<Record<string, unknown>>
  return { ...object, [first]: withSetting(object[first], inside) }
}
