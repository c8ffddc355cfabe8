import type { Turn } from './faults/server.ts'
import type { Switches } from './faults/switches.ts'

const hangSeconds = 180

/** Something that runs until it is ended. */
export interface Running {
  readonly end: () => void
}

/** Calls `step` at once, and then each time this many seconds have passed. */
export function drive(step: () => void, seconds: number): Running {
  step()
  const stepping = setInterval(step, seconds * 1000)
  return Object.freeze({ end: () => clearInterval(stepping) })
}

/** Switches a fault on or off; a fault with an end of its own is off again when this returns, or after `seconds`. */
export function turnFault<N extends string>(switches: Switches<N>, { name, on, seconds }: Turn<N>): void {
  switches.turn(name, on)
  if (!on) return
  if (name === 'crash') {
    console.error('fault crash is on: the bot exits with code 1')
    process.exit(1)
  }
  if (name === 'hang') {
    block(seconds ?? hangSeconds)
    switches.turn(name, false)
  } else if (seconds !== null) setTimeout(() => switches.turn(name, false), seconds * 1000).unref()
}

/** Blocks the event loop without using CPU. */
export const block = (seconds: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000)
