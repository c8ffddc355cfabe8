/** Gets a page piece by piece. A piece is overwritten once the promise has settled, which never rejects; at once where there is none. */
export type Take = (piece: Buffer) => Promise<void> | undefined

/** The way from a page's writer to all who take that page. */
export interface HandOut {
  readonly give: (text: string) => void
  /** Waits while somebody is many pieces behind; for one page no longer than `patience` in all. */
  readonly room: () => Promise<void>
  readonly end: () => void
}

/** Bytes of memory for a piece; a text that needs more gets memory of its own. */
const pieceSize = 64 * 1024
/** Pieces that may be on their way before the writer waits for them. */
const mostPieces = 16
/** Milliseconds. Who takes longer over what the system does not hold for him has the rest kept for him, so that he holds up nobody. */
const patience = 250

/**
 * Hands out pages, one after another, in the same few pieces of memory: new memory for each page would set off the garbage
 * collector again and again, which costs more than the writing.
 */
export function createHandOut(): (takes: readonly Take[]) => HandOut {
  const encoder = new TextEncoder()
  const free: Buffer[] = []
  const keep = (memory: Buffer): void => {
    if (free.length < mostPieces) free.push(memory)
  }
  return (takes) => {
    let underWay = 0
    let late = false
    let timer: NodeJS.Timeout | undefined
    let wake = (): void => {}
    return {
      give(text) {
        const memory = free.pop() ?? Buffer.allocUnsafeSlow(pieceSize)
        const { read, written } = encoder.encodeInto(text, memory)
        const piece = read === text.length ? memory.subarray(0, written) : Buffer.from(text)
        const taken = takes.map((take) => take(piece)).filter((promise) => promise !== undefined)
        if (taken.length === 0) {
          keep(memory)
          return
        }
        underWay += 1
        void Promise.all(taken).then(() => {
          underWay -= 1
          keep(memory)
          wake()
        })
      },
      async room() {
        while (underWay >= mostPieces && !late) {
          timer ??= setTimeout(() => {
            late = true
            wake()
          }, patience)
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        }
      },
      end: () => clearTimeout(timer),
    }
  }
}
