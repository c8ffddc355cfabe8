import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { ValueFormat } from '../../../definitions/language/text.ts'
import * as units from '../../../definitions/language/unit.ts'
import { literal, valueTemplate } from '../../../generators/text/template.ts'
import { yaml } from '../../../generators/text/yaml.ts'
import { runTool, temporaryFolder } from '../../fixtures/on-disk.ts'
import { needs } from '../../servers/skipped.ts'

const countPerSecond = units.unit('count/s', '', '/s')
const bytesPerSecond = units.unit('bytes/s', '', 'B/s')

/** A value, its unit and format, and what a person reads. */
const table: readonly (readonly [string, units.Unit<string>, ValueFormat, string])[] = [
  ['0.123456', units.ratio, 'plain', '12.35 %'],
  ['0.123456', units.ratio, 'percent', '12.35 %'],
  ['0.00123', units.ratio, 'bps', '12.3 bp'],
  ['12.3456', units.percent, 'plain', '12.35 %'],
  ['12.3', units.percent, 'percent', '12.3 %'],
  ['0.25', units.percent, 'bps', '25 bp'],
  ['-0.25', units.percent, 'bps', '-25 bp'],
  ['20.5', units.bps, 'plain', '20.5 bp'],
  ['20.5', units.bps, 'percent', '0.205 %'],
  ['72.25', units.seconds, 'plain', '1m 12s'],
  ['0.05', units.seconds, 'plain', '50ms'],
  ['1500', units.ms, 'plain', '1.5s'],
  ['2', units.hours, 'duration', '2h 0m 0s'],
  ['1700000000', units.timestamp, 'plain', '2023-11-14 22:13 UTC'],
  ['2147483648', units.bytes, 'plain', '2GiB'],
  ['1536', units.MiB, 'iec', '1.5GiB'],
  ['1536', bytesPerSecond, 'plain', '1.5kiB/s'],
  ['1234.567', units.usdt, 'plain', '1234.57 USDT'],
  ['-3', units.usd, 'fixed', '-3.00 USD'],
  ['1234567.8', units.krw, 'plain', '1234568 KRW'],
  ['0.00012345678', units.coins, 'plain', '0.000123457'],
  ['5123', units.items, 'plain', '5123'],
  ['1.0344827', units.items, 'plain', '1.03'],
  ['100', units.items, 'plain', '100'],
  ['0.33333', countPerSecond, 'plain', '0.3333/s'],
  ['-0.5', units.score, 'plain', '-0.5'],
  ['+Inf', units.percent, 'bps', '+Inf bp'],
  ['NaN', units.ratio, 'plain', 'NaN %'],
]

test('Prometheus formats each value for a person', async (t) => {
  const tools = await needs(t, 'promtool')
  if (!tools) return
  const folder = temporaryFolder(t)
  const rules = table.map(([, unit, as], i) => ({
    alert: `Alert${i}`,
    expr: `value${i} or value${i}`,
    annotations: { summary: valueTemplate(as, unit) },
  }))
  writeFileSync(join(folder, 'rules.yml'), yaml({ groups: [{ name: 'all', rules }] }))
  const tests = {
    rule_files: ['rules.yml'],
    evaluation_interval: '1m',
    tests: [
      {
        interval: '1m',
        input_series: table.map(([value], i) => ({ series: `value${i}`, values: `${value} ${value}` })),
        alert_rule_test: table.map(([, , , read], i) => ({
          eval_time: '1m',
          alertname: `Alert${i}`,
          exp_alerts: [{ exp_labels: {}, exp_annotations: { summary: read } }],
        })),
      },
    ],
  }
  writeFileSync(join(folder, 'test.yml'), yaml(tests))
  const { code, output } = await runTool(tools.promtool, 'test', 'rules', join(folder, 'test.yml'))
  assert.equal(code, 0, output)
})

test('braces in a text stay braces in a template', () => {
  const table: readonly (readonly [string, string])[] = [
    ['plain', 'plain'],
    ['{one}', '{one}'],
    ['{{ two }}', '{{ "{{" }} two }}'],
    ['{{{ three', '{{ "{{{" }} three'],
    ['before a value {', 'before a value {{ "{" }}'],
  ]
  for (const [words, expected] of table) assert.equal(literal(words), expected)
})
