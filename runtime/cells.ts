/** Adjacent cells of one chunk, owned by one block of series. */
export interface CellRange {
  readonly chunk: Float64Array
  readonly chunkNumber: number
  readonly at: number
  readonly size: number
}

/** Holds every value of every series in a few typed arrays, so that a write allocates nothing and a copy is cheap. */
export interface Cells {
  /** Adjacent cells, all 0. */
  readonly take: (size: number) => CellRange
  readonly give: (run: CellRange) => void
  /** A copy of all values at one moment, by page number. */
  readonly copy: () => readonly Float64Array[]
}

const chunkSize = 4096

export function createCells(): Cells {
  const chunks: Float64Array[] = []
  const free = new Map<number, CellRange[]>()
  let filling = -1
  let used = chunkSize

  const addChunk = (size: number): number => chunks.push(new Float64Array(size)) - 1
  const run = (chunkNumber: number, at: number, size: number): CellRange =>
    Object.freeze({ chunk: chunks[chunkNumber] as Float64Array, chunkNumber, at, size })
  return {
    take(size) {
      const again = free.get(size)?.pop()
      if (again !== undefined) {
        again.chunk.fill(0, again.at, again.at + size)
        return again
      }
      if (size > chunkSize) return run(addChunk(size), 0, size)
      if (used + size > chunkSize) {
        filling = addChunk(chunkSize)
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
    copy: () => chunks.map((chunk) => chunk.slice()),
  }
}
