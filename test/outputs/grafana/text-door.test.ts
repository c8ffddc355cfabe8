import assert from 'node:assert/strict'
import { test } from 'node:test'
import { promql, ratio, series } from '../../../definitions/language/index.ts'
import { catalogue, counter, open } from '../../../definitions/language/metrics.ts'
import type { Node } from '../../../definitions/language/node.ts'
import { narrow } from '../../../generators/outputs/grafana/narrow.ts'
import { seriesSources } from '../../../generators/outputs/grafana/sources.ts'
import { print } from '../../../generators/promql/print.ts'
import { withParsedText } from '../../../generators/promql/with-parsed-text.ts'
import { grafanaModel } from '../../fixtures/grafana-bot.ts'

const m = series(catalogue('tb', { fills_total: counter({ help: 'x', labels: { symbol: open({ max: 5 }) } }) }))
const choices = { bot: 'tb', sources: seriesSources(grafanaModel()), variables: [], free: [] }
const narrowed = (query: Node) => print(narrow(withParsedText(query), choices))

const cases: readonly (readonly [string, Node, string])[] = [
  [
    'a metric by value',
    promql`topk(5, rate(${m.fills_total}[5m]))`.as(ratio, ['symbol']).node,
    'topk(5, rate(tb_fills_total{env="$env", instance=~"$instance"}[5m]))',
  ],
  [
    'a metric by name, under the window that Grafana fits',
    promql`sum(rate(tb_fills_total[$__rate_interval]))`.as(ratio, []).node,
    'sum(rate(tb_fills_total{env="$env", instance=~"$instance"}[$__rate_interval]))',
  ],
  [
    'a subquery with that step',
    promql`max_over_time(tb_equity_usdt[1h:$__rate_interval])`.as(ratio, []).node,
    'max_over_time(tb_equity_usdt{env="$env", instance=~"$instance"}[1h:$__rate_interval])',
  ],
  [
    'an environment that is asked for already',
    promql`${m.fills_total}{env="paper"}`.as(ratio, []).node,
    'tb_fills_total{env="paper", instance=~"$instance"}',
  ],
  [
    'text that nobody understands keeps its words, and one pair of braces',
    promql`not_yet(${m.fills_total}{symbol="BTC"}) ???`.as(ratio, []).node,
    'not_yet(tb_fills_total{env="$env", instance=~"$instance", symbol="BTC"}) ???',
  ],
  [
    'and what it asks for already',
    promql`not_yet(${m.fills_total}{env="paper"}) ???`.as(ratio, []).node,
    'not_yet(tb_fills_total{instance=~"$instance", env="paper"}) ???',
  ],
]
for (const [name, query, text] of cases)
  test(`raw text is narrowed: ${name}`, () => {
    assert.equal(narrowed(query), text)
  })
