import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogue, counter, gauge, open } from '../../definitions/language/metrics.ts'
import { needsPython } from './python.ts'
import { botOf, moduleFolder, writeModule } from './python-modules.ts'

const symbol = open({ max: 9 })
const scoped = botOf(
  'scoped',
  catalogue('scoped', {
    fills_total: counter({ help: 'x', labels: { symbol } }),
    cache_size: gauge({ help: 'x', labels: { symbol }, initially: 0 }),
    routes_total: counter({ help: 'x', labels: { only: open({ max: 2 }) } }),
  }),
)

test('the module expects values of all metrics, of all without some, or only of some', async (t) => {
  const python = await needsPython(t)
  if (python === undefined) return
  writeModule(scoped)
  const program = `
from prometheus_client import CollectorRegistry
import scoped_metrics
registry = CollectorRegistry()
metrics = scoped_metrics.ScopedMetrics(registry)
metrics.expect(symbol=["A"], only_=["x"])
metrics.expect(symbol=["B"], without=[metrics.cache_size])
metrics.expect(symbol=["C"], only=[metrics.cache_size])
for family in registry.collect():
    if "contract" not in family.name:
        print(family.name, *["".join(sample.labels.values()) for sample in family.samples])
metrics.expect(symbol=["A"], only=[metrics.routes_total])
print(metrics.refused())
`
  const lines = (await python.run(program, moduleFolder)).split('\n').slice(0, -1)
  assert.deepEqual(lines, ['scoped_fills A B', 'scoped_cache_size A C', 'scoped_routes x', "{('expect', 'label'): 1}"])
})
