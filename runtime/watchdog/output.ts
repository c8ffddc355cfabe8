import type { Readable, Writable } from 'node:stream'

/** Bytes that may wait for whoever reads the watchdog's own output. */
const mostWaiting = 1 << 20

/**
 * Passes the bot's output on and never lets it wait: what nobody reads in time is thrown away, since a full pipe would
 * stop the bot at its next line.
 */
export function drain(from: Readable, to: Writable, dropped: (bytes: number) => void): void {
  from.on('data', (chunk: Buffer) => {
    if (to.writableLength > mostWaiting || !to.writable) dropped(chunk.length)
    else to.write(chunk)
  })
  // The reader may be gone, and the bot's end of the pipe as well: neither ends the watchdog.
  from.on('error', () => {})
}
