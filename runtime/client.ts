import { Registry } from 'prom-client'
import { textTypeOf } from './format.ts'
import { arrive, askAll } from './readers.ts'
import type { Family, Sample } from './shapes.ts'

export type { Registry }

/** What prom-client's Registry asks of a metric; the only thing that is known of it here. */
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
    readonly values: readonly Sample[]
  }>
  readonly reset: () => void
}

/** A registry of its own, never the global one, in which the families stand as metrics like any other. */
export function createRegistry(families: readonly Family[]): Registry {
  const registry = new Registry()
  // Only the client's own classes have the type that it asks for; it reads no more than this of them.
  for (const family of families) registry.registerMetric(foreign(family) as never)
  return registry
}

function foreign(family: Family): ForeignMetric {
  const { metric, kind } = family
  const type = textTypeOf(metric)
  const aggregator = 'sum'
  const self: ForeignMetric = {
    // Not read-only: a registry that writes OpenMetrics takes the `_total` off, and adds it to each sample.
    name: metric.name,
    help: metric.help,
    type,
    aggregator,
    async get() {
      await arrive(askAll(family), ({ block }) => (block.alive ? block.run.page : null))
      const now = family.now()
      const values = [...family.blocks].flatMap((block) =>
        Array.from({ length: block.series }, (_, i) => i).flatMap((i) => {
          const offset = i * kind.width
          const labels = Object.fromEntries(
            family.valuesOf(block, offset).map((value, n) => [family.names[n] as string, value]),
          )
          return kind.samples(labels, block.run.page, block.run.at + offset, now)
        }),
      )
      return { name: self.name, help: metric.help, type, aggregator, values }
    },
    reset: family.reset,
  }
  return self
}
