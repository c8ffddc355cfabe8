import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gauge, type Metric } from '../../definitions/language/metric.ts'
import { catalogue } from '../../definitions/language/metrics.ts'
import { bps, bytes, ms, percent, ratio, seconds, timestamp } from '../../definitions/language/unit.ts'
import { expressionChecker } from '../../generators/checks/expressions.ts'
import { closedDomain } from '../../generators/meaning/domain.ts'
import { metricFamilies } from '../../generators/meaning/world.ts'

const help = 'An example.'
const metrics = catalogue('ex', {
  margin_ratio: gauge({ help, unit: ratio }),
  drawdown_pct: gauge({ help, unit: percent }),
  disk_free_percent: gauge({ help, unit: percent }),
  cpu_pct: gauge({ help, unit: percent }),
  funding_rate_pct: gauge({ help, unit: percent }),
  fee_pct: gauge({ help, unit: percent }),
  slip_bps: gauge({ help, unit: bps }),
  lag_seconds: gauge({ help, unit: seconds }),
  lag_ms: gauge({ help, unit: ms }),
  held_bytes: gauge({ help, unit: bytes }),
  last_bar: gauge({ help, unit: timestamp }),
})
const target = {
  bot: closedDomain('ex'),
  env: closedDomain('live'),
  instance: closedDomain('a'),
  job: closedDomain('ex'),
}
const families = (Object.values(metrics) as Metric[]).flatMap((metric) => metricFamilies(metric, target))
const look = expressionChecker({
  families: new Map(families.map((family) => [family.name, family])),
  records: new Map(),
  interval: 1000,
})

const said: readonly (readonly [text: string, part: string, message: string, fix: string])[] = [
  ['ex_margin_ratio > 20', '20', 'the value is a ratio (1 = 100 %), so 20 means 2000 %', 'write 0.2 for 20 %'],
  [
    '12.5 * 8 < ex_margin_ratio',
    '12.5 * 8',
    'the value is a ratio (1 = 100 %), so 100 means 10000 %',
    'write 1 for 100 %',
  ],
  [
    'ex_cpu_pct > 20000',
    '20000',
    'the value is in percent, so 20000 is 200 times the whole',
    'write the limit in that unit',
  ],
  [
    'ex_drawdown_pct > (0.15)',
    '0.15',
    'the value is in percent, so 0.15 is close to nothing: it looks like a ratio (1 = 100 %)',
    'write 15 for 15 %',
  ],
  [
    'max_over_time(ex_disk_free_percent[10m]) < 0.05',
    '0.05',
    'the value is in percent, so 0.05 is close to nothing: it looks like a ratio (1 = 100 %)',
    'write 5 for 5 %',
  ],
  [
    'ex_slip_bps > 0.002',
    '0.002',
    'the value is in basis points, so 0.002 is close to nothing: it looks like a ratio (1 = 100 %)',
    'write 20 for 0.2 %',
  ],
  [
    'ex_last_bar < 1700000000000',
    '1700000000000',
    'the value is in seconds since 1970, but 1700000000000 looks like milliseconds: a thousand times too large',
    'write 1700000000',
  ],
  [
    'ex_last_bar > 300',
    '300',
    'the value is in seconds since 1970, so 300 is long in the past',
    'compare an age in seconds instead: time() - …',
  ],
  [
    'ex_lag_seconds > 300000000',
    '300000000',
    'the value is in seconds, so 300000000 is 10 years',
    'write the limit in seconds',
  ],
  ['ex_lag_ms > 0.05', '0.05', 'the value is in milliseconds, so 0.05 is close to nothing', 'write 50 for 0.05 s'],
  ['ex_held_bytes > 512', '512', 'the value is in bytes, so 512 is close to nothing', 'write 536870912 for 512 MiB'],
]

for (const [text, part, message, fix] of said)
  test(`${text} is off by a power of ten`, () => {
    const found = look(text).findings.map(({ code, from, to, ...one }) => ({
      code,
      part: text.slice(from, to),
      message: one.message,
      fix: one.fix,
    }))
    assert.deepEqual(found, [{ code: 'BW406', part, message, fix }])
  })

const healthy = [
  'ex_margin_ratio > 0.2',
  'ex_margin_ratio > 3',
  'ex_margin_ratio > 0',
  'ex_drawdown_pct > 0.5',
  'ex_drawdown_pct > 0',
  'ex_cpu_pct > 250',
  'ex_funding_rate_pct > 0.05',
  'abs(ex_funding_rate_pct) > 0.01',
  'ex_fee_pct > 0.15',
  'ex_drawdown_pct / ex_fee_pct > 0.15',
  'ex_drawdown_pct * 100 > 0.15',
  'ex_slip_bps > 0.5',
  'ex_last_bar < 1700000000',
  'ex_lag_seconds > 86400',
  'ex_lag_ms > 5',
  'ex_held_bytes > 0',
  'ex_held_bytes > 4096',
]
for (const text of healthy)
  test(`${text} is in its unit`, () => {
    assert.deepEqual(look(text).findings, [])
  })
