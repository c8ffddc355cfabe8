import type { Turn } from './faults/server.ts'
import type { Switches } from './faults/switches.ts'
import { stepSeconds } from './setting.ts'

const lagSeconds = 1.5
const lagEvery = 5
const hangSeconds = 180

/** Calls `step` twice a second and applies the faults that affect the process; `end` stops it. */
export function drive(step: () => void, switches: Switches): { readonly end: () => void } {
  const stepping = setInterval(step, stepSeconds * 1000)
  const lagging = setInterval(() => {
    if (switches.isOn('event-loop-lag')) block(lagSeconds)
  }, lagEvery * 1000)
  return Object.freeze({
    end: () => {
      clearInterval(stepping)
      clearInterval(lagging)
    },
  })
}

/** Switches a fault on or off; a fault with an end of its own is off again when this returns, or after `seconds`. */
export function turnFault(switches: Switches, { name, on, seconds }: Turn): void {
  switches.turn(name, on)
  if (!on) return
  if (name === 'crash') {
    console.error('fault crash is on: the bot exits with code 1')
    process.exit(1)
  }
  if (name === 'hang') {
    block(seconds ?? hangSeconds)
    switches.turn('hang', false)
  } else if (seconds !== null) setTimeout(() => switches.turn(name, false), seconds * 1000).unref()
}

/** Blocks the event loop without using CPU. */
const block = (seconds: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000)
