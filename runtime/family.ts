import type { Metric } from '../definitions/language/metric.ts'
import { createBlocks } from './blocks.ts'
import type { Cells } from './cells.ts'
import { createFind } from './find.ts'
import { createLineTexts } from './line-texts.ts'
import { placesOf, valuesAt } from './places.ts'
import type { Reason, Refusals } from './refusals.ts'
import type { Family, Kind } from './shapes.ts'

/** Creates the family of a metric, with its first series if it has no open labels. */
export function createFamily(metric: Metric, kind: Kind, cells: Cells, refusals: Refusals, now: () => number): Family {
  const places = placesOf(metric, kind.width)
  const note = (reason: Reason, what: string) => refusals.note(metric.name, reason, () => `${metric.name}: ${what}`)
  const blocks = createBlocks(metric, kind, cells, places, (why) => note('over-budget', why))
  let filling: (family: Family) => void = () => {}
  const family: Family = {
    metric,
    kind,
    names: places.map((place) => place.name),
    openNames: places.filter((place) => place.steps === null).map((place) => place.name),
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
    valuesOf: (block, offset) => (block.overflow ? block.open : valuesAt(places, block.open, offset)),
    textOf: createLineTexts(places, kind.width, kind.text),
    refuse: (verb, reason, what) => refusals.refuse(metric.name, reason, () => `${metric.name}.${verb}: ${what}`),
    note,
    reset() {
      family.readers.clear()
      family.written.clear()
      blocks.reset()
    },
  }
  const find = createFind(family, places, blocks)
  family.reset()
  return family
}
