import type { FaultName } from './list.ts'

/** Which faults are on. */
export interface Switches {
  readonly isOn: (name: FaultName) => boolean
  readonly turn: (name: FaultName, on: boolean) => void
}

/** Creates switches that are all off; `changed` is called for every actual change. */
export function createSwitches(changed: (name: FaultName, on: boolean) => void = () => {}): Switches {
  const on = new Set<FaultName>()
  return Object.freeze({
    isOn: (name: FaultName) => on.has(name),
    turn: (name: FaultName, wanted: boolean) => {
      if (on.has(name) === wanted) return
      if (wanted) on.add(name)
      else on.delete(name)
      changed(name, wanted)
    },
  })
}
