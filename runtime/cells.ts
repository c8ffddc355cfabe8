/** Adjacent cells of one page, owned by one block of series. */
export interface Run {
  readonly page: Float64Array
  readonly pageNumber: number
  readonly at: number
  readonly size: number
}

/** Holds every value of every series in a few typed arrays, so that a write allocates nothing and a copy is cheap. */
export interface Cells {
  /** Adjacent cells, all 0. */
  readonly take: (size: number) => Run
  readonly give: (run: Run) => void
  /** A copy of all values at one moment, by page number. */
  readonly copy: () => readonly Float64Array[]
}

const pageSize = 4096

export function createCells(): Cells {
  const pages: Float64Array[] = []
  const free = new Map<number, Run[]>()
  let filling = -1
  let used = pageSize

  const addPage = (size: number): number => pages.push(new Float64Array(size)) - 1
  const run = (pageNumber: number, at: number, size: number): Run =>
    Object.freeze({ page: pages[pageNumber] as Float64Array, pageNumber, at, size })
  return {
    take(size) {
      const again = free.get(size)?.pop()
      if (again !== undefined) {
        again.page.fill(0, again.at, again.at + size)
        return again
      }
      if (size > pageSize) return run(addPage(size), 0, size)
      if (used + size > pageSize) {
        filling = addPage(pageSize)
        used = 0
      }
      used += size
      return run(filling, used - size, size)
    },
    give(ended) {
      const others = free.get(ended.size)
      if (others === undefined) free.set(ended.size, [ended])
      else others.push(ended)
    },
    copy: () => pages.map((page) => page.slice()),
  }
}
