import assert from 'node:assert/strict'
import { test } from 'node:test'
import { age, catalogue, gauge, oneOf, open } from '../../definitions/language/metrics.ts'
import { needsPython } from './python.ts'
import { botOf, moduleFolder, writeModule } from './python-modules.ts'

const labels = { symbol: open({ max: 3 }) }
const feeds = botOf(
  'feeds',
  catalogue('feeds', {
    beat: gauge({ help: 'x', mustBeSetWithin: '1m' }),
    message_age_seconds: age({ help: 'x', labels, mustBeSetWithin: '1m' }),
    connected: gauge({ help: 'x', labels, initially: 0, mustBeSetWithin: '1m' }),
    price: gauge({ help: 'x', labels: { ...labels, side: oneOf('bid', 'ask') }, mustBeSetWithin: '1m' }),
    drift: gauge({ help: 'x', mayBeAbsent: { for: '60d', because: 'it needs 60 daily returns' } }),
    fds: gauge({ help: 'x', mayBeAbsent: { for: 'forever', because: 'only Linux has it' } }),
  }),
)

test('the module reports what was not set by its deadline as the runtime does, with and without expect()', async (t) => {
  const python = await needsPython(t)
  if (python === undefined) return
  writeModule(feeds)
  const program = `
import time
now = [0.0]
time.monotonic = lambda: now[0]
from prometheus_client import CollectorRegistry
import feeds_metrics
def bot():
    now[0] = 0
    registry = CollectorRegistry()
    metrics = feeds_metrics.FeedsMetrics(registry, strict=True)
    def never(seconds):
        now[0] = seconds
        flags = [sample for family in registry.collect() if family.name == "feeds_contract_never_set" for sample in family.samples]
        print(*[sample.labels["metric"].replace("feeds_", "") for sample in flags if sample.value == 1])
    return metrics, never
metrics, never = bot()
never(59.9)
never(60)
metrics.beat.set(1)
metrics.message_age_seconds.labels(symbol="A").touch()
metrics.connected.labels(symbol="A").set(1)
metrics.price.labels(symbol="A", side="bid").set(5)
never(61)
never(60 * 86400)
metrics, never = bot()
metrics.expect(symbol=["A", "B"])
metrics.beat.set(1)
never(60)
metrics.price.labels(symbol="A", side="bid").set(5)
never(61)
metrics.price.labels(symbol="B", side="ask").set(5)
never(62)
metrics.price.remove(symbol="A")
never(63)
`
  const lines = (await python.run(program, moduleFolder)).split('\n').slice(0, -1)
  assert.deepEqual(lines, ['', 'beat message_age_seconds connected price', '', 'drift', 'price', 'price', '', ''])
})

test('the module reports its warm-up as the runtime does, and its deadlines count from the end of it', async (t) => {
  const python = await needsPython(t)
  if (python === undefined) return
  const slow = botOf('slow', catalogue('slow', { equity: gauge({ help: 'x', mustBeSetWithin: '1m' }) }))
  writeModule(slow)
  const program = `
import time
now = [0.0]
time.monotonic = lambda: now[0]
from prometheus_client import CollectorRegistry
import slow_metrics
def bot():
    now[0] = 0
    registry = CollectorRegistry()
    metrics = slow_metrics.SlowMetrics(registry, strict=True)
    def flags(seconds):
        now[0] = seconds
        values = {sample.name: int(sample.value) for family in registry.collect() for sample in family.samples}
        print(*[values["slow_contract_" + name] for name in ("warming_up", "warm_up_overdue", "never_set")])
    return metrics, flags
metrics, flags = bot()
flags(60)
metrics, flags = bot()
ready = metrics.warm_up(300)
flags(180)
ready()
flags(180)
flags(240)
ready()
flags(241)
metrics, flags = bot()
ready = metrics.warm_up(300)
flags(299)
flags(300)
flags(360)
ready()
flags(361)
for limit in (5, 7200):
    try:
        metrics.warm_up(limit)
    except ValueError as error:
        print(error)
    metrics, flags = bot()
try:
    metrics.warm_up("5m")
except ValueError as error:
    print(error)
`
  const lines = (await python.run(program, moduleFolder)).split('\n').slice(0, -1)
  assert.deepEqual(lines, [
    '0 0 1',
    '1 0 0',
    '0 0 0',
    '0 0 1',
    '0 0 1',
    '1 0 0',
    '0 1 0',
    '0 1 1',
    '0 0 1',
    'warm_up: it was called before, and a bot warms up once, at its start',
    'warm_up: the limit is 7200, expected seconds, at most 1800, since alerts are held back meanwhile: 1800 are used',
    "warm_up: the limit is '5m', expected seconds, at most 1800, since alerts are held back meanwhile: 1800 are used",
  ])
})
