import { type Defect, defect } from './defect.ts'
import type { AnyPanel } from './panel.ts'
import { stamp } from './stamp.ts'
import type { Variable } from './variable.ts'
import { type Where, whereIs } from './where.ts'

export interface Link {
  readonly title: string
  readonly url: string
}
export interface Row {
  readonly title: string
  readonly panels: readonly string[]
}

/** A dashboard as the generators read it, with every field present. */
export interface AnyDashboard {
  readonly kind: 'dashboard'
  readonly title: string
  readonly description: string
  readonly panels: Readonly<Record<string, AnyPanel>>
  readonly rows: readonly Row[]
  readonly variables: Readonly<Record<string, Variable>>
  readonly links: readonly Link[]
  /** The start of the time range when opened, such as `now-6h`, and the refresh interval. */
  readonly from: string
  readonly refresh: string
  readonly where: Where
  readonly defects: readonly Defect[]
}
export interface Dashboard<P> extends Omit<AnyDashboard, 'panels'> {
  readonly panels: P
}

/**
 * Defines a dashboard: panels by key, arranged in titled rows. Variables for environment and instance, links to the bot's other
 * dashboards, and annotations of fired alerts are added automatically.
 */
export function dashboard<const P extends Readonly<Record<string, AnyPanel>>>(options: {
  readonly title: string
  readonly description?: string
  readonly panels: P
  readonly rows?: Readonly<Record<string, readonly (keyof P & string)[]>>
  readonly variables?: Readonly<Record<string, Variable>>
  readonly links?: readonly Link[]
  readonly from?: string
  readonly refresh?: string
}): Dashboard<{ readonly [K in keyof P]: P[K] }> {
  const { title, panels } = options
  const stamped = stamp<AnyPanel>(panels, dashboard, (key, of) => ({ ...of, key, name: `${title}/${of.title}` }))
  const rows = Object.entries(options.rows ?? { '': Object.keys(panels) }).map(([row, keys]) => ({
    title: row,
    panels: keys,
  }))
  return Object.freeze({
    kind: 'dashboard',
    title,
    description: options.description ?? '',
    panels: stamped as never,
    rows: Object.freeze(rows),
    variables: Object.freeze({ ...options.variables }),
    links: Object.freeze([...(options.links ?? [])]),
    from: options.from ?? 'now-6h',
    refresh: options.refresh ?? '30s',
    where: whereIs(dashboard),
    defects: Object.freeze(rowDefects(title, Object.keys(panels), rows)),
  })
}

function rowDefects(title: string, panels: readonly string[], rows: readonly Row[]): Defect[] {
  const placed = rows.flatMap((row) => row.panels)
  const twice = placed.filter((key, i) => placed.indexOf(key) !== i)
  const nowhere = panels.filter((key) => !placed.includes(key))
  const unknown = placed.filter((key) => !panels.includes(key))
  return [
    ...twice.map((key) => defect('panel-twice', `dashboard ${title}: the panel ${key} is in two rows`, 'list it once')),
    ...nowhere.map((key) =>
      defect('panel-nowhere', `dashboard ${title}: the panel ${key} is not in any row`, 'add it to a row'),
    ),
    ...unknown.map((key) =>
      defect('panel-unknown', `dashboard ${title}: a row lists ${key}, which is not a panel`, 'correct the key'),
    ),
  ]
}
