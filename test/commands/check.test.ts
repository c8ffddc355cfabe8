import assert from 'node:assert/strict'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { needs } from '../servers/skipped.ts'
import { project } from './project.ts'

const withoutTools = { PROMTOOL: '/nowhere/promtool', AMTOOL: '/nowhere/amtool' }
Object.assign(process.env, withoutTools)

/** A project whose bot has down and absence alerts, so that nothing is wrong with it. */
function watched() {
  const made = project()
  made.change('definitions/alerts.ts', 'import { act,', 'import { flag, absence, act,')
  made.change(
    'definitions/alerts.ts',
    'export const tinyAlerts = alerts({',
    `import { scraped } from './scraped.ts'

const runbook = { cause: 'It is gone.', steps: [act('Start it.')] } as const
export const tinyAlerts = alerts({
  Down: alert({ when: scraped.up.eq(flag(0)), severity: 'critical', summary: 'down', runbook }),
  Gone: absence({ of: scraped.up, severity: 'critical', summary: 'gone', runbook }),`,
  )
  const language = /from '(.*)language\/index.ts'/.exec(made.read('definitions/alerts.ts'))?.[1] ?? ''
  made.write(
    'definitions/scraped.ts',
    `import { scrape } from '${language}exporters/scrape.ts'
import { series } from '${language}language/index.ts'
export { scrape }
export const scraped = series(scrape)
`,
  )
  made.change(
    'definitions/index.ts',
    'import { botMetrics }',
    "import { scrape } from './scraped.ts'\nimport { botMetrics }",
  )
  made.change(
    'definitions/index.ts',
    '  metrics: botMetrics,',
    "  metrics: botMetrics,\n  exporters: [{ job: 'tiny', metrics: scrape }],",
  )
  return made
}

test('check reports what it checked if nothing is wrong, and exits with 0', async () => {
  const { run } = watched()
  assert.deepEqual(await run('check'), {
    status: 0,
    stdout:
      'no problems found in 8 alerts, 0 recording rules, 3 panels, 3 metrics of tiny, without promtool and amtool\n' +
      '\n' +
      'tiny: from a fault to its first message, at least and at most, without the delivery\n' +
      '  critical  2s to 25s      Down\n' +
      '            2s to 50s      Gone\n' +
      '            47s to 1m7s    NotificationsFailing\n' +
      '            1m2s to 1m25s  RelayDown\n' +
      '            30s to 2m      MonitoringStopped\n' +
      '            5m2s to 5m22s  EquityLow\n' +
      '  warning   2s to 22s      OrdersFail\n',
    stderr: '',
  })
})

/** The same with one error, in an expression written as PromQL text. */
function spoilt() {
  const made = watched()
  made.change(
    'definitions/alerts.ts',
    'metrics.equity_usdt.lt(usdt(100))',
    "promql`tiny_equity < 100`.condition(usdt, ['bot', 'env'])",
  )
  made.change('definitions/alerts.ts', 'import { flag,', 'import { flag, promql,')
  made.change(
    'definitions/dashboard.ts',
    'show: metrics.equity_usdt }',
    'show: metrics.equity_usdt.div(metrics.equity_usdt) }',
  )
  return made
}

test('check points at the line of the definition and the part of the PromQL, and exits with 1', async () => {
  const { run, line } = spoilt()
  const { status, stdout, stderr } = await run('check')
  assert.equal(
    stdout,
    `error: BW101 unknown-metric at definitions/alerts.ts:${line('definitions/alerts.ts', 'EquityLow: alert({')}
  alert EquityLow: nothing exposes tiny_equity, so this never yields anything
    tiny_equity < 100
    ^^^^^^^^^^^
  did you mean tiny_equity_usdt?

1 error in 8 alerts, 0 recording rules, 3 panels, 3 metrics of tiny, without promtool and amtool

see docs/checks/BW101-unknown-metric.md
`,
  )
  assert.deepEqual({ status, stderr }, { status: 1, stderr: '' })
})

test('a warning is not a failure, unless --strict is given', async () => {
  const { run, write, read } = watched()
  write(
    'definitions/metrics.ts',
    read('definitions/metrics.ts').replace(
      /(catalogue\('tiny', \{)/,
      "$1\n  unseen_usdt: gauge({ help: 'Never shown.', unit: usdt }),",
    ),
  )
  const plain = await run('check')
  assert.match(plain.stdout, /^warning: BW701 unwatched-metric at definitions\/metrics\.ts:\d+\n/)
  assert.equal(plain.status, 0)
  const strict = await run('check', '--strict')
  assert.deepEqual({ status: strict.status, stdout: strict.stdout }, { status: 1, stdout: plain.stdout })
})

interface Placed {
  readonly code: string
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endColumn: number
}

test('every format reports the same findings, at the name of the definition', async () => {
  const { run } = spoilt()
  const json = await run('check', '--format', 'json')
  assert.equal(json.status, 1)
  const { findings } = JSON.parse(json.stdout) as { findings: readonly Placed[] }
  assert.deepEqual(
    findings.map(({ code, file, column, endColumn }) => ({ code, file, column, endColumn })),
    [{ code: 'BW101', file: 'definitions/alerts.ts', column: 3, endColumn: 12 }],
  )
  const github = await run('check', '--format', 'github')
  assert.ok(
    github.stdout.startsWith(
      `::error file=definitions/alerts.ts,line=${findings[0]?.line},col=3,endColumn=12,title=BW101 unknown-metric::alert EquityLow: `,
    ),
  )
  const sarif = JSON.parse((await run('check', '--format', 'sarif')).stdout) as {
    runs: [{ results: readonly { ruleId: string; locations: [{ physicalLocation: { region: object } }] }[] }]
  }
  assert.deepEqual(
    sarif.runs[0].results.map(({ ruleId, locations }) => [ruleId, locations[0].physicalLocation.region]),
    [['BW101', { startLine: findings[0]?.line, startColumn: 3, endColumn: 12 }]],
  )
})

test('a defect that stops generation is a finding too', async () => {
  const { run, change } = watched()
  change('definitions/dashboard.ts', "by('symbol', 'status')", "by('symbol', 'status' as never, 'kind' as never)")
  const { status, stdout } = await run('check')
  assert.equal(status, 1)
  assert.match(stdout, /kind/)
})

test('check rejects an unknown format and an unknown bot', async () => {
  const { run } = project()
  assert.deepEqual(await run('check', '--format', 'xml'), {
    status: 2,
    stdout: '',
    stderr:
      "botwatch check: invalid value 'xml' for --format: expected text, json, sarif or github\nsee botwatch check --help\n",
  })
  const other = await run('check', '--bot', 'other')
  assert.deepEqual({ status: other.status, stdout: other.stdout }, { status: 2, stdout: '' })
  assert.equal(other.stderr, "botwatch check: no bot 'other' in definitions/index.ts, only tiny\n")
})

test('promtool and amtool check the generated files if they are installed', async (t) => {
  const tools = await needs(t, 'promtool', 'amtool')
  if (tools === undefined) return
  process.env['PROMTOOL'] = [tools.promtool.path, ...tools.promtool.args].join(' ')
  process.env['AMTOOL'] = [tools.amtool.path, ...tools.amtool.args].join(' ')
  t.after(() => Object.assign(process.env, withoutTools))
  const { run } = watched()
  const { status, stdout } = await run('check')
  assert.match(stdout, /, with promtool and amtool\n/)
  assert.equal(status, 0)
})

test('errors of promtool and amtool are reported in their own words', async (t) => {
  const made = watched()
  made.write('refuses', '#!/bin/sh\necho "FAILED: group \\"tiny\\": no such thing"\nexit 1\n')
  const program = join(made.folder, 'refuses')
  chmodSync(program, 0o755)
  Object.assign(process.env, { PROMTOOL: program, AMTOOL: program })
  t.after(() => Object.assign(process.env, withoutTools))
  const { status, stdout } = await made.run('check')
  assert.equal(status, 1)
  assert.match(
    stdout,
    /^error: BW951 promtool at definitions\/index\.ts:\d+\n {2}bot tiny: promtool rejects the generated files: FAILED: group "tiny": no such thing\n/,
  )
  assert.match(stdout, /^error: BW952 amtool at /m)
})
