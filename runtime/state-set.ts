import { display, quoteList } from './display.ts'
import { labelText, sampleText } from './label-text.ts'
import type { Kind } from './shapes.ts'

/** A state set: the cell holds the index of the current state, so that exactly one state is 1; NaN until it is set. */
export function stateSetKind(name: string, states: readonly string[]): Kind {
  const indices: ReadonlyMap<unknown, number> = new Map(states.map((state, i) => [state, i]))
  const heads = states.map((state) => sampleText(name, labelText([name], [state])))
  return {
    width: 1,
    start(chunk, at) {
      chunk[at] = Number.NaN
    },
    text: () => '',
    lines(_, chunk, at) {
      const state = chunk[at] as number
      return Number.isNaN(state) ? '' : heads.map((head, i) => `${head}${i === state ? 1 : 0}`).join('')
    },
    samples(_, chunk, at) {
      const state = chunk[at] as number
      return Number.isNaN(state)
        ? []
        : states.map((label, i) => ({ labels: { [name]: label }, value: i === state ? 1 : 0 }))
    },
    handle: (family) => ({
      set(state: unknown): void {
        const index = indices.get(state)
        if (index === undefined) {
          family.refuse('set', 'state', `the state is ${display(state)}, expected one of ${quoteList(states)}`)
          return
        }
        const block = family.find('set', {})
        if (block === null) return
        block.range.chunk[family.at] = index
        family.written.add(index)
      },
    }),
  }
}
