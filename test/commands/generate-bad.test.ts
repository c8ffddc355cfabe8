import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { alertsFile, badDefinitions, bucketsText, equityText, metricsFile } from './bad-definitions.ts'
import { type Project, project } from './project.ts'

const seen = ({ line }: Project, places: readonly (readonly [string, string])[] = []) =>
  places.length === 0 ? '' : `  see ${places.map(([file, text]) => `${file}:${line(file, text)}`).join(' and ')}\n`

for (const { name, make, says } of badDefinitions)
  test(`rejected with file and line, and nothing is written: ${name}`, async () => {
    const made = project()
    make(made)
    const { status, stdout, stderr } = await made.run('generate')
    const findings = says.map(
      ({ code, at: [file, text], words: [what, fix], see }) =>
        `error: ${code} at ${file}:${made.line(file, text)}\n  ${what}\n${seen(made, see)}  ${fix}\n`,
    )
    // A mistake may cause a warning as well.
    const errors = stderr
      .split(/\n(?=\n?(?:error|warning): |botwatch generate: )/)
      .filter((part) => !/^\n?warning: /.test(part))
    assert.equal(
      errors
        .join('\n')
        .replace(/\n{2,}/g, '\n\n')
        .replace(/^\n+/, ''),
      `${findings.join('\n')}\nbotwatch generate: ${says.length} error${says.length === 1 ? '' : 's'} in the definitions: nothing was written\n`,
    )
    assert.equal(status, 1)
    assert.equal(stdout, '')
    assert.ok(!existsSync(join(made.folder, 'out')))
  })

test('all mistakes are reported together, and the old output stays', async () => {
  const { run, change, tree, line } = project()
  await run('generate')
  const before = tree('out')
  change(metricsFile, bucketsText, 'buckets: [5, 1]')
  change(metricsFile, "help: 'Orders by outcome.'", "help: ''")
  change(alertsFile, "cause: 'The portfolio", "cause: 'tiny_nothing: the portfolio")
  const { status, stderr } = await run('generate')
  assert.equal(status, 1)
  assert.equal(
    stderr,
    `error: help-missing at ${metricsFile}:${line(metricsFile, 'orders_total: counter(')}
  metric tiny_orders_total: tiny_orders_total has no help text
  describe in one sentence what it measures

error: buckets-unsorted at ${metricsFile}:${line(metricsFile, 'order_latency_seconds: histogram(')}
  metric tiny_order_latency_seconds: tiny_order_latency_seconds: bucket bounds must increase: 5, then 1
  sort them and list each once

error: runbook-metric at ${alertsFile}:${line(alertsFile, 'EquityLow: alert(')}
  alert EquityLow: its runbook mentions tiny_nothing, which nothing exposes
  insert the metric into a note by value, so that a rename follows

botwatch generate: 3 errors in the definitions: nothing was written
`,
  )
  assert.deepEqual(tree('out'), before)
})

test('a warning is reported and stops nothing', async () => {
  const { run, change, line } = project()
  change(metricsFile, equityText, `${equityText}\n  cash_usdt: gauge({ help: 'Cash.', unit: usdt }),`)
  const { status, stdout, stderr } = await run('generate')
  assert.equal(status, 0)
  assert.match(stdout, /^Tiny Bot: \d+ metrics/)
  assert.equal(
    stderr,
    `warning: metric-unwatched at ${metricsFile}:${line(metricsFile, 'cash_usdt: gauge(')}
  metric tiny_cash_usdt: no panel shows it and no rule uses it
  show it in a panel, use it in a rule, or stop emitting it

`,
  )
})
