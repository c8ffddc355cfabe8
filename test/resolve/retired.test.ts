import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { contractSchema } from '../../generators/contract/schema.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { contractOf, contractOutput } from '../../generators/outputs/contract/contract.ts'
import { metricsPage } from '../../generators/outputs/reference/metrics.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { referenceModel } from '../fixtures/reference-bot.ts'

const model = resolve(mcbot, containerTopology).model

test('contract.json lists retired names with their replacements', () => {
  const [text] = [...contractOutput(model).values()]
  assert.deepEqual(JSON.parse(String(text)).retired, {
    mcbot_fills: 'counters end in _total; mcbot_fills_total replaces it',
    mcbot_signals: 'counters end in _total; mcbot_signals_total replaces it',
    mcbot_bars: 'counters end in _total; mcbot_bars_total replaces it',
    mcbot_circuit_breaker: 'counters end in _total; mcbot_circuit_breaker_total replaces it',
    mcbot_risk_alerts: 'counters end in _total; mcbot_risk_alerts_total replaces it',
    mcbot_realized_pnl_usdt_total:
      'a counter cannot hold signed PnL; mcbot_realized_profit_usdt_total and mcbot_realized_loss_usdt_total replace it',
  })
})

test('no retired name is declared, and each replacement is', () => {
  const { retired, metrics } = contractOf(resolve(mcbot, containerTopology).model)
  const declared = new Set(metrics.map(({ name }) => name))
  for (const [name, why] of Object.entries(retired)) {
    assert.ok(!declared.has(name), name)
    const successors = why.match(/mcbot_\w+/g) ?? []
    assert.ok(successors.length > 0, name)
    for (const successor of successors) assert.ok(declared.has(successor), successor)
  }
})

test('a contract written before names could be retired is read as one without retired names', () => {
  const { retired: _, ...before } = contractOf(resolve(mcbot, containerTopology).model)
  assert.deepEqual(contractSchema.parse(before).retired, {})
})

test('the reference has a table of retired names, if there are any', () => {
  const section = /^## Retired names\n([\s\S]*?)\n## /m.exec(metricsPage(model))?.[1]
  assert.equal(
    section,
    `
Names that were used in the past, here or in the bot's document. Nothing exposes them, no query may use them, and they must not be reused with another meaning.

| Name | What replaced it |
| --- | --- |
| \`mcbot_fills\` | counters end in \\_total; mcbot_fills_total replaces it |
| \`mcbot_signals\` | counters end in \\_total; mcbot_signals_total replaces it |
| \`mcbot_bars\` | counters end in \\_total; mcbot_bars_total replaces it |
| \`mcbot_circuit_breaker\` | counters end in \\_total; mcbot_circuit_breaker_total replaces it |
| \`mcbot_risk_alerts\` | counters end in \\_total; mcbot_risk_alerts_total replaces it |
| \`mcbot_realized_pnl_usdt_total\` | a counter cannot hold signed PnL; mcbot_realized_profit_usdt_total and mcbot_realized_loss_usdt_total replace it |
`,
  )
  assert.doesNotMatch(metricsPage(referenceModel), /Retired names/)
})
