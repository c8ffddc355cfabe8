import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutContract } from '../../definitions/language/contract-metrics.ts'
import { contractOf } from '../../generators/outputs/contract/contract.ts'
import { compare } from '../../generators/verify/compare.ts'
import { readExposition } from '../../generators/verify/read.ts'
import { verifyText } from '../../generators/verify/verify-text.ts'
import { catalogue, gauge, ms, oneOf, timestamp } from '../../runtime/metrics.ts'
import { needsPython } from './python.ts'
import { botOf, moduleFolder, writeModule } from './python-modules.ts'

const metrics = catalogue('clock', {
  beat_timestamp: gauge({ help: 'Last turn.', unit: timestamp }),
  bar_timestamp: gauge({ help: 'Last bar.', unit: timestamp, labels: { side: oneOf('buy', 'sell') } }),
  wait_ms: gauge({ help: 'Wait.', unit: ms }),
})
const bot = botOf('clock', withoutContract(metrics as never))

test('verify refuses timestamps in milliseconds and says what to divide them by', () => {
  const read = readExposition(
    `# HELP clock_beat_timestamp Last turn.
# TYPE clock_beat_timestamp gauge
clock_beat_timestamp 1790000000.123
# HELP clock_bar_timestamp Last bar.
# TYPE clock_bar_timestamp gauge
clock_bar_timestamp{side="buy"} 1790000000123
clock_bar_timestamp{side="sell"} 1790000000456
# HELP clock_wait_ms Wait.
# TYPE clock_wait_ms gauge
clock_wait_ms 1790000000123
`,
    'text',
  )
  assert.ok('families' in read)
  assert.equal(
    verifyText(compare(contractOf({ bot }), read), 'http://bot/metrics'),
    `refused (1)
  METRIC               LINE  WHAT    GIVEN                           EXPECTED
  clock_bar_timestamp  6     number  1790000000123, and 1 more such  seconds since 1970, not milliseconds
      → divide it by 1000: alerts compare it with time(), which is in seconds

http://bot/metrics does not fit the contract of clock: 1 finding; 3 of 3 metrics seen, 4 series in the text format
`,
  )
})

test('the Python module refuses timestamps in milliseconds', async (t) => {
  const python = await needsPython(t)
  if (python === undefined) return
  writeModule(bot)
  const printed = await python.run(
    `
import logging, sys, time
logging.basicConfig(stream=sys.stdout, format="%(message)s")
from prometheus_client import CollectorRegistry
import clock_metrics
registry = CollectorRegistry()
metrics = clock_metrics.ClockMetrics(registry)
value = lambda name, **labels: registry.get_sample_value(name, labels)
metrics.beat_timestamp.set(1790000000123)
metrics.beat_timestamp.inc(1790000000123)
bar = metrics.bar_timestamp.labels(side="buy")
bar.set(1790000000123)
bar.set(float("nan"))
print(value("clock_beat_timestamp"), value("clock_bar_timestamp", side="buy"))
metrics.beat_timestamp.set(1790000000.5)
bar.set_to_current_time()
metrics.wait_ms.set(1790000000123)
print(value("clock_beat_timestamp"), value("clock_bar_timestamp", side="buy") > 1.7e9, value("clock_wait_ms"))
metrics.beat_timestamp.set_function(lambda: 1790000000123)
print(value("clock_beat_timestamp"))
print(sorted(metrics.refused().items()))
`,
    moduleFolder,
  )
  const fix = 'is not in seconds since 1970: divide by 1000'
  assert.deepEqual(printed.trimEnd().split('\n'), [
    `clock_beat_timestamp: 1790000000123 ${fix}; further occurrences are only counted`,
    `clock_bar_timestamp: 1790000000123 ${fix}; further occurrences are only counted`,
    'None None',
    '1790000000.5 True 1790000000123.0',
    `clock_beat_timestamp: its function raised ValueError('1790000000123.0 ${fix}'); further occurrences are only counted`,
    'None',
    "[(('clock_bar_timestamp', 'number'), 2), (('clock_beat_timestamp', 'function'), 1), (('clock_beat_timestamp', 'number'), 2)]",
  ])
})
