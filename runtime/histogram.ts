import { refuseNumber } from './amounts.ts'
import { holderOf, refuseDetached } from './bound.ts'
import { sampleText } from './label-text.ts'
import { boundText, isFiniteNumber, numberText } from './numbers.ts'
import type { Family, Holder, Kind, RegistrySample } from './shapes.ts'

/**
 * A histogram: a series has one cell for each bucket (not cumulative), one for values above all bounds, and one for the sum.
 * `_count` is the last running total, so that it always equals `+Inf`. A signed histogram exposes `_bucket` only.
 */
export function histogramKind(name: string, bounds: readonly number[], signed: boolean): Kind {
  const les = [...bounds.map(boundText), '+Inf']
  const ends = les.map((le) => `le="${le}"} `)
  const sumAt = les.length

  const record: Observe = (chunk, at, value) => {
    let low = 0
    let high = bounds.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (value <= (bounds[middle] as number)) high = middle
      else low = middle + 1
    }
    ;(chunk[at + low] as number) += 1
    ;(chunk[at + sumAt] as number) += value
  }
  return {
    width: les.length + 1,
    start: () => {},
    text: (labels) => labels,
    lines(text, chunk, at) {
      // join() makes one flat string: a template would be flattened again for each line.
      const head = text === '' ? `\n${name}_bucket{` : ['\n', name, '_bucket{', text, ','].join('')
      let lines = ''
      let total = 0
      for (let i = 0; i < ends.length; i++) {
        total += chunk[at + i] as number
        lines += head + ends[i] + numberText(total)
      }
      if (signed) return lines
      const sum = numberText(chunk[at + sumAt] as number)
      return lines + sampleText(`${name}_sum`, text) + sum + sampleText(`${name}_count`, text) + numberText(total)
    },
    samples(labels, chunk, at) {
      let total = 0
      const samples: RegistrySample[] = les.map((le, i) => {
        total += chunk[at + i] as number
        return { labels: { le, ...labels }, value: total, metricName: `${name}_bucket` }
      })
      if (signed) return samples
      return [
        ...samples,
        { labels, value: chunk[at + sumAt] as number, metricName: `${name}_sum` },
        { labels, value: total, metricName: `${name}_count` },
      ]
    },
    handle: (family) => handle(family, record),
  }
}

/** Records an observation in the cells of a series. */
type Observe = (chunk: Float64Array, at: number, value: number) => void

function handle(family: Family, record: Observe): object {
  class Bound {
    readonly #held: Holder
    constructor(labels: unknown) {
      this.#held = holderOf(family, labels)
      Object.freeze(this)
    }
    observe(value: unknown): void {
      if (this === undefined || !(#held in this)) {
        refuseDetached(family, 'observe')
        return
      }
      if (!isFiniteNumber(value)) {
        refuseNumber(family, 'observe', 'value', value)
        return
      }
      const held = this.#held
      const chunk = held.chunk ?? held.again('observe')
      if (chunk !== null) record(chunk, held.at, value)
    }
  }
  const bind = (labels: unknown) => new Bound(labels)
  if (family.names.length === 0) {
    const only = bind({})
    return { observe: (value: unknown) => only.observe(value), bind: () => only }
  }
  return {
    observe(labels: unknown, value: unknown): void {
      if (!isFiniteNumber(value)) {
        refuseNumber(family, 'observe', 'value', value)
        return
      }
      const block = family.find('observe', labels)
      if (block !== null) record(block.range.chunk, family.at, value)
    },
    bind,
  }
}
