/** Which faults are on. */
export interface Switches<N extends string> {
  readonly isOn: (name: N) => boolean
  readonly turn: (name: N, on: boolean) => void
}

/** Creates switches that are all off; `changed` is called for every actual change. */
export function createSwitches<N extends string>(changed: (name: N, on: boolean) => void = () => {}): Switches<N> {
  const on = new Set<N>()
  return Object.freeze({
    isOn: (name: N) => on.has(name),
    turn: (name: N, wanted: boolean) => {
      if (on.has(name) === wanted) return
      if (wanted) on.add(name)
      else on.delete(name)
      changed(name, wanted)
    },
  })
}
