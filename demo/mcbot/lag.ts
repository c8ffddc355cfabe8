import { block, type Running } from '../paper/drive.ts'
import type { FaultSwitches } from './faults/list.ts'

const lagSeconds = 1.5
const lagEvery = 5

/** The fault event-loop-lag: the event loop is blocked again and again. */
export function createLag(switches: FaultSwitches): Running {
  const lagging = setInterval(() => {
    if (switches.isOn('event-loop-lag')) block(lagSeconds)
  }, lagEvery * 1000)
  return Object.freeze({ end: () => clearInterval(lagging) })
}
