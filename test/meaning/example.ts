import { catalogue } from '../../definitions/language/catalogue.ts'
import { oneOf, open } from '../../definitions/language/label.ts'
import { counter, gauge, histogram, info, type Metric, stateSet } from '../../definitions/language/metric.ts'
import { bps, flag, seconds, timestamp, usdt } from '../../definitions/language/unit.ts'
import { anyDomain, closedDomain } from '../../generators/meaning/domain.ts'
import { metricFamilies, type World } from '../../generators/meaning/world.ts'
import { parse } from '../../generators/promql/parse.ts'

const help = 'An example.'
const metrics = catalogue('ex', {
  orders_total: counter({ help, labels: { side: oneOf('buy', 'sell'), symbol: open({ max: 2 }) } }),
  fees_total: counter({ help, unit: usdt, labels: { side: oneOf('buy', 'sell') } }),
  equity: gauge({ help, unit: usdt }),
  ready: gauge({ help, unit: flag, initially: 0 }),
  last_bar: gauge({ help, unit: timestamp }),
  wait_seconds: histogram({ help, unit: seconds, labels: { side: oneOf('buy', 'sell') }, buckets: [0.1, 1, 5] }),
  slip: histogram({ help, unit: bps, buckets: [-10, 0, 10] }),
  state: stateSet({ help, states: ['idle', 'busy'] }),
  build_info: info({ help, labels: { version: open({ max: 1 }) } }),
})

/** The world of the documentation's examples. */
export const example: World = {
  families: new Map(
    (Object.values(metrics) as unknown as readonly Metric[])
      .flatMap((metric) =>
        metricFamilies(metric, {
          bot: closedDomain('ex'),
          env: closedDomain('live', 'paper'),
          instance: anyDomain(1),
          job: closedDomain('ex'),
        }),
      )
      .map((family) => [family.name, family]),
  ),
  records: new Map([['ex:orders', { expr: tree('sum by (side) (rate(ex_orders_total[5m]))'), every: 15_000 }]]),
  interval: 15_000,
}

function tree(text: string) {
  const parsed = parse(text)
  if (!parsed.ok) throw new Error(text)
  return parsed.node
}
