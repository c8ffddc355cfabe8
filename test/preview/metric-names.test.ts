import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { selectors } from '../../definitions/language/node.ts'
import { parse } from '../../generators/promql/parse.ts'
import { metricNames } from '../../preview/page/prometheus/metric-names.ts'

const cases: readonly (readonly [expr: string, names: readonly string[]])[] = [
  ['up', ['up']],
  ['sum by (bot, env) (rate(a_total{env="$env", symbol=~"b|c"}[$__rate_interval])) > 5', ['a_total']],
  ['sum(a) by (b) / on (c) group_left (d) e{f="g{h}"}', ['a', 'e']],
  ['histogram_quantile(0.95, sum by (le) (rate(a_bucket[5m:15s] offset 1h)))', ['a_bucket']],
  ['label_replace(a, "b", "$1", "c", "(.*)") or absent(d) unless bool_e', ['a', 'bool_e', 'd']],
  ['{__name__="a:b", c="d"} and {"__name__"="e"}', ['a:b', 'e']],
  ['a # not b\n + c', ['a', 'c']],
  ['a{b="#"} == bool NaN', ['a']],
  [`\${prefix}_total + $metric + a`, ['a']],
  ['{__name__=~"a.*"}', []],
  ['time() - 1e5 - 0x1f > Inf', []],
  ['vector(1)', []],
]

for (const [expr, names] of cases)
  test(`the names in ${expr}`, () => {
    assert.deepEqual(metricNames(expr), names)
  })

const folder = fileURLToPath(new URL('../../out/mcbot/grafana/dashboards/', import.meta.url))

interface Panels {
  readonly panels?: readonly (Panels & { readonly targets?: readonly { readonly expr?: string }[] })[]
}
const exprsOf = ({ panels = [] }: Panels): readonly string[] =>
  panels.flatMap((panel) => [
    ...(panel.targets ?? []).flatMap(({ expr }) => (expr === undefined ? [] : [expr])),
    ...exprsOf(panel),
  ])

test('the names in every query of the dashboards are those that the parser finds', () => {
  const exprs = readdirSync(folder).flatMap((file) => exprsOf(JSON.parse(readFileSync(`${folder}${file}`, 'utf8'))))
  assert.ok(exprs.length > 100)
  for (const expr of exprs) {
    const read = parse(expr.replace(/\$__\w+/g, '5m'))
    assert.ok(read.ok, expr)
    assert.deepEqual(metricNames(expr), [...new Set(selectors(read.node).map(({ name }) => name))].sort(), expr)
  }
})
