import type { Turn } from './faults/server.ts'
import type { Switches } from './faults/switches.ts'
import { stepSeconds } from './setting.ts'

const lagSeconds = 1.5
const lagEvery = 5
const hangSeconds = 180

/** Calls `step` twice a second, and does to the process what its faults say; `end` stops it. */
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

/** Turns a fault; those that end by themselves are off again when it returns. */
export function turnFault(switches: Switches, { name, on, seconds }: Turn): void {
  switches.turn(name, on)
  if (!on) return
  if (name === 'crash') {
    console.error('the fault crash was turned on: the bot ends with exit code 1')
    process.exit(1)
  }
  if (name === 'hang') {
    block(seconds ?? hangSeconds)
    switches.turn('hang', false)
  } else if (seconds !== null) setTimeout(() => switches.turn(name, false), seconds * 1000).unref()
}

/** Blocks the event loop without using the processor. */
const block = (seconds: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000)
