interface Numbered {
  readonly id: number
  /** The panels of a row. */
  readonly panels?: readonly Numbered[]
}

/** The dashboard with an id of its own for each panel and row that has none, or that of an earlier one, as Grafana gives them. */
export function withOwnIds<D extends { readonly panels: readonly Numbered[] }>(dashboard: D): D {
  const used = dashboard.panels.flatMap((one) => [one, ...(one.panels ?? [])])
  let last = Math.max(0, ...used.map(({ id }) => id || 0))
  const taken = new Set<number>()
  const own = (one: Numbered): Numbered => {
    const id = !one.id || taken.has(one.id) ? ++last : one.id
    taken.add(id)
    return id === one.id ? one : { ...one, id }
  }
  const panels = dashboard.panels.map((one) => {
    const outer = own(one)
    return outer.panels === undefined ? outer : { ...outer, panels: outer.panels.map(own) }
  })
  return { ...dashboard, panels }
}
