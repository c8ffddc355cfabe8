import type { Readable, Writable } from 'node:stream'

/** Bytes that may wait for a reader of the watchdog's own output. */
const mostWaiting = 1 << 20

/**
 * Forwards the bot's output without ever blocking it: output that is not read in time is dropped, because a full pipe would
 * stop the bot at its next line.
 */
export function drain(from: Readable, to: Writable, dropped: (bytes: number) => void): void {
  from.on('data', (chunk: Buffer) => {
    if (to.writableLength > mostWaiting || !to.writable) dropped(chunk.length)
    else to.write(chunk)
  })
  // The reader or the bot's end of the pipe may be gone: neither ends the watchdog.
  from.on('error', () => {})
}
