/** Receives an exposition piece by piece. A piece is overwritten once the returned promise settles (it never rejects), or at once without one. */
export type Take = (piece: Buffer) => Promise<void> | undefined

/** Passes an exposition from its writer to every client that takes it. */
export interface HandOut {
  readonly give: (text: string) => void
  /** Waits while a client is many pieces behind; at most `patience` in total for one exposition. */
  readonly room: () => Promise<void>
  readonly end: () => void
}

/** Bytes per piece; a longer text gets its own memory. */
const pieceSize = 64 * 1024
/** Pieces in flight before the writer waits. */
const mostPieces = 16
/** Milliseconds. For a client that is slower than this the rest is buffered, so that it does not delay the others. */
const patience = 250

/**
 * Hands out expositions one after another through the same few buffers: new memory for each would trigger the garbage
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
