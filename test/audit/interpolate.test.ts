import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anyValue, interpolate } from '../../generators/audit/interpolate.ts'
import type { DashboardVariable } from '../../generators/audit/verdict.ts'
import { parse } from '../../generators/promql/parse.ts'

const variables = new Map<string, DashboardVariable>(
  [
    { name: 'metric', current: 'orders_total' },
    { name: 'symbol', current: null },
    { name: 'n', current: '3' },
  ].map((one) => [one.name, one]),
)

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: variables of Grafana, not of this file
test('a variable is replaced according to its position, and restored in what is shown', () => {
  const value = (n: number) => `${anyValue}${n}${anyValue}`
  const cases: readonly (readonly [expr: string, text: string, loose: boolean])[] = [
    ['x{a="$symbol"}', `x{a="${value(0)}"}`, false],
    ["x{a=~'${symbol:regex}|b'}", `x{a=~'${value(0)}|b'}`, false],
    ['x{a="[[symbol]]", b="\\"$symbol"}', `x{a="${value(0)}", b="\\"${value(1)}"}`, false],
    ['rate(x[$__rate_interval])', 'rate(x[301000ms])', false],
    ['rate(x[[[window]]])', 'rate(x[301000ms])', false],
    ['max_over_time(x[${__range_s}s:$__interval])', 'max_over_time(x[301000s:301001ms])', false],
    ['x offset $shift', 'x offset 301000ms', false],
    ['x / $__range_s', 'x / 301000', false],
    ['rate($metric[5m])', 'rate(orders_total[5m])', true],
    ['rate(${other}_total[5m])', 'rate(botwatch_any_0__total[5m])', true],
    ['sum by ($label) (x)', 'sum by (botwatch_any_0_) (x)', true],
    ['topk($n, x)', 'topk(3, x)', true],
    ["# what we're at\nx{a='$symbol'}", `# what we're at\nx{a='${value(0)}'}`, false],
    ['x{a="costs $5"} > 1', 'x{a="costs \u{F0000}0\u{F0000}"} > 1', false],
  ]
  for (const [expr, text, loose] of cases) {
    const made = interpolate(expr, variables)
    assert.deepEqual([made.text, made.loose], [text, loose], expr)
    assert.equal(parse(made.text).ok, true, made.text)
    const filled = expr.replace('$metric', 'orders_total').replace('$n', '3')
    assert.equal(made.restored(made.text), filled)
  }
})

// biome-ignore-end lint/suspicious/noTemplateCurlyInString: variables of Grafana, not of this file
test('a variable is replaced with a number where a name is not allowed', () => {
  assert.equal(interpolate('topk($k, x)', new Map(), 'number').text, 'topk(1, x)')
})
