import { Registry } from 'prom-client'
import { textTypeOf } from './format.ts'
import { arrive, askAll } from './readers.ts'
import type { Family, RegistrySample } from './shapes.ts'

export type { Registry }

/** The interface prom-client's Registry expects of a metric; the runtime relies on nothing else of it. */
interface ForeignMetric {
  name: string
  readonly help: string
  readonly type: string
  readonly aggregator: string
  readonly get: () => Promise<{
    readonly name: string
    readonly help: string
    readonly type: string
    readonly aggregator: string
    readonly values: readonly RegistrySample[]
  }>
  readonly reset: () => void
}

/** A separate registry, never the global one, with each family registered like any other metric. */
export function createRegistry(families: readonly Family[]): Registry {
  const registry = new Registry()
  // Only the client's own classes have the declared type; the registry reads no more than this of them.
  for (const family of families) registry.registerMetric(foreign(family) as never)
  return registry
}

function foreign(family: Family): ForeignMetric {
  const { metric, kind } = family
  const type = textTypeOf(metric)
  const aggregator = 'sum'
  const self: ForeignMetric = {
    // Not readonly: a registry that writes OpenMetrics strips `_total` here and adds it to each sample.
    name: metric.name,
    help: metric.help,
    type,
    aggregator,
    async get() {
      await arrive(askAll(family), ({ block }) => (block.alive ? block.range.chunk : null))
      const now = family.now()
      const values = [...family.blocks].flatMap((block) =>
        Array.from({ length: block.series }, (_, i) => i).flatMap((i) => {
          const offset = i * kind.width
          const labels = Object.fromEntries(
            family.valuesOf(block, offset).map((value, n) => [family.names[n] as string, value]),
          )
          return kind.samples(labels, block.range.chunk, block.range.at + offset, now)
        }),
      )
      return { name: self.name, help: metric.help, type, aggregator, values }
    },
    reset: family.reset,
  }
  return self
}
