import type { Metric } from '../definitions/language/metric.ts'
import { createBlocks } from './blocks.ts'
import type { Cells } from './cells.ts'
import { createFind } from './find.ts'
import { labelOffsetsOf, valuesAt } from './label-offsets.ts'
import { createLineTexts } from './line-texts.ts'
import type { Reason, Refusals } from './refusals.ts'
import type { Family, Kind } from './shapes.ts'

/** Creates the family of a metric, with its first series if it has no open labels. */
export function createFamily(metric: Metric, kind: Kind, cells: Cells, refusals: Refusals, now: () => number): Family {
  const offsets = labelOffsetsOf(metric, kind.width)
  const note = (reason: Reason, what: string) => refusals.note(metric.name, reason, () => `${metric.name}: ${what}`)
  const blocks = createBlocks(metric, kind, cells, offsets, (why) => note('over-budget', why))
  let filling: (family: Family) => void = () => {}
  const family: Family = {
    metric,
    kind,
    names: offsets.map((label) => label.name),
    openNames: offsets.filter((label) => label.steps === null).map((label) => label.name),
    blocks: blocks.all,
    readers: new Map(),
    now,
    followers: new Set(),
    written: new Set(),
    filledBy(write) {
      filling = write
    },
    fill: () => filling(family),
    at: 0,
    find: (verb, labels) => find(verb, labels, true),
    seek: (verb, labels) => find(verb, labels, false),
    begin: blocks.begin,
    drop: blocks.drop,
    valuesOf: (block, offset) => (block.overflow ? block.open : valuesAt(offsets, block.open, offset)),
    textOf: createLineTexts(offsets, kind.width, kind.text),
    refuse: (verb, reason, what) => refusals.refuse(metric.name, reason, () => `${metric.name}.${verb}: ${what}`),
    note,
    reset() {
      family.readers.clear()
      family.written.clear()
      blocks.reset()
    },
  }
  const find = createFind(family, offsets, blocks)
  family.reset()
  return family
}
