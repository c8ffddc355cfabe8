import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogue, gauge, open, timestamp } from '../../definitions/language/metrics.ts'
import { needsPython } from './python.ts'
import { botOf, moduleFolder, writeModule } from './python-modules.ts'

const labels = { symbol: open({ max: 3 }) }
const limits = botOf(
  'limits',
  catalogue('limits', {
    weight_used: gauge({ help: 'x', expiresAfter: '1m' }),
    calls: gauge({ help: 'x', initially: 2, expiresAfter: '1m' }),
    size: gauge({ help: 'x', labels, expiresAfter: '1m' }),
    seen: gauge({ help: 'x', unit: timestamp, labels, expiresAfter: '1m' }),
  }),
)

test('a gauge of the module expires as in the runtime', async (t) => {
  const python = await needsPython(t)
  if (python === undefined) return
  writeModule(limits)
  const program = `
import time
now = [0.0]
time.monotonic = lambda: now[0]
from prometheus_client import CollectorRegistry
import limits_metrics
registry = CollectorRegistry()
metrics = limits_metrics.LimitsMetrics(registry, strict=True)
def show(seconds):
    now[0] = seconds
    samples = [s for f in registry.collect() if "contract" not in f.name for s in f.samples]
    print(*[s.name.replace("limits_", "") + "".join(s.labels.values()) + f"={s.value:g}" for s in samples])
show(0)
metrics.weight_used.set(7)
metrics.calls.inc(3)
held = metrics.size.labels(symbol="A")
held.set(1)
metrics.seen.labels(symbol="A").set(1000)
show(59.9)
show(60)
held.inc(4)
metrics.calls.dec()
show(61)
now[0] = 3600
metrics.calls.inc()
held.inc()
metrics.weight_used.set_function(lambda: 5)
show(3600)
show(7200)
`
  const lines = (await python.run(program, moduleFolder)).split('\n').slice(0, -1)
  assert.deepEqual(lines, [
    'calls=2',
    'weight_used=7 calls=5 sizeA=1 seenA=1000',
    'calls=2',
    'calls=1 sizeA=4',
    'weight_used=5 calls=3 sizeA=1',
    'weight_used=5 calls=2',
  ])
})
