import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { runToEnd } from '../commands/project.ts'
import { repositoryRoot, withServer } from '../verify/command.ts'
import { type AuditArguments, runAudit } from './run-audit.ts'

const folder = mkdtempSync(join(tmpdir(), 'botwatch-audit-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const rulesOf = (...exprs: readonly string[]) =>
  `groups:\n  - name: g\n    rules:\n${exprs.map((expr, i) => `      - alert: A${i}\n        expr: ${expr}\n`).join('')}`
const exposition = '# TYPE xbot_balance_usdt gauge\nxbot_balance_usdt 1\n'

const good = file('good.yml', rulesOf('xbot_balance_usdt < 1'))
const dead = file('dead.yml', rulesOf('xbot_balance < 1'))
const metrics = file('metrics.txt', exposition)
const login = file('login', 'me:secret\n')

test('the command prints the report on stdout and exits with 1 if something is not seen, with 0 otherwise', async () => {
  const run = async (...args: readonly string[]) => {
    const told = await runToEnd(
      process.execPath,
      ['--import', 'tsx', 'generators/main.ts', 'audit', ...args],
      repositoryRoot,
    )
    return { ...told, stdout: told.stdout.replaceAll(`${folder}/`, '') }
  }
  assert.deepEqual(await run('--rules', good, '--metrics', metrics), {
    status: 0,
    stdout: [
      '1 alert in 1 file, checked against',
      '  1. metrics.txt: one scrape, 1 name, 1 series',
      '',
      '1 alert: 1 nothing against it',
      '',
    ].join('\n'),
    stderr: '',
  })
  const { status, stdout } = await run('--rules', dead, '--rules', good, '--metrics', metrics, '--json')
  assert.equal(status, 1)
  const report = JSON.parse(stdout) as { items: { name: string; verdict: string; queries: object[] }[] }
  assert.deepEqual(
    report.items.map(({ name, verdict }) => [name, verdict]),
    [
      ['A0', 'not-seen'],
      ['A0', 'seen'],
    ],
  )
  assert.deepEqual(report.items[0]?.queries, [
    {
      ref: '',
      expr: 'xbot_balance < 1',
      line: 5,
      verdict: 'not-seen',
      reasons: [
        { part: 'xbot_balance', why: 'no source has a metric with this name: did you mean xbot_balance_usdt?' },
      ],
      notes: [],
      names: ['xbot_balance'],
    },
  ])
})

test('a missing or wrong option is named: exit 2', async () => {
  const cases: readonly (readonly [AuditArguments, string])[] = [
    [
      { metrics: [metrics] },
      "botwatch audit: nothing to audit: pass --rules 'rules/*.yml', --dashboards 'dashboards/*.json', or both\nsee botwatch audit --help\n",
    ],
    [
      { rules: [good] },
      'botwatch audit: no --metrics given: pass a /metrics URL, a saved scrape, or a Prometheus URL\nsee botwatch audit --help\n',
    ],
    [
      { rules: [good], metrics: [metrics], window: 'long' },
      "botwatch audit: invalid value 'long' for --window: expected a duration such as 6h or 1d\nsee botwatch audit --help\n",
    ],
    [
      { rules: [good], metrics: ['http://a.example/metrics', 'http://b.example/metrics'], 'login-file': login },
      'botwatch audit: a token or login is sent to one host only: audit the hosts one by one, or use saved scrapes\n',
    ],
    [
      { rules: [join(folder, '*.yaml')], metrics: [metrics] },
      `botwatch audit: ${folder}/*.yaml: no file matches\nbotwatch audit: no rules or dashboards: nothing was audited\n`,
    ],
  ]
  for (const [options, complaints] of cases)
    assert.deepEqual(await runAudit(options), { exit: 2, text: '', complaints })
})

test('each invalid file is reported in one line, and the rest is audited: exit 2', async () => {
  const bad = (name: string, text: string) => file(`bad-${name}`, text)
  bad('1-broken.yml', 'groups:\n  - name: a\n    rules:\n    - alert: A\n      expr: foo > 1\n   - alert: B\n')
  bad(
    '2-half.yml',
    `${rulesOf('sum(xbot_balance_usdt', 'xbot_balance_usdt > 1')}      - alert: NoExpression\n      - expr: xbot_pnl\n`,
  )
  bad('3-other.yml', 'name: somebody\n')
  bad('4-empty.yml', '')
  bad('5-binary.yml', 'PNG\0\u0001')
  bad('6-bomb.yml', `a: &a [x, x]\n${[...'bcdefghijklmnopqrstuvwxyz'].map(doubled).join('')}`)
  bad('1-broken.json', '{\n  "panels": [\n    { "title": "x",, }\n  ]\n}\n')
  bad('2-other.json', '{ "name": "package" }\n')
  const evidence = [
    metrics,
    bad('broken-off.txt', `${exposition}xbot_bal`),
    bad('a-page.txt', '<html></html>\n'),
    bad('contract.json', '{ "format": '),
  ]
  const { exit, text } = await runAudit({
    rules: [join(folder, 'bad-*.yml')],
    dashboards: [join(folder, 'bad-[12]-*.json')],
    metrics: evidence,
  })
  assert.equal(exit, 2)
  assert.equal(
    text.replaceAll(`${folder}/`, ''),
    [
      '2 alerts in 7 files, checked against',
      '  1. metrics.txt: one scrape, 1 name, 1 series',
      '',
      'CANNOT TELL: 1 alert: the evidence does not settle it',
      '',
      '  it cannot be parsed: this ( is never closed: write ) where it ends',
      '    sum(xbot_balance_usdt',
      '      alert A0 (bad-2-half.yml:4)',
      '',
      'COULD NOT BE READ (the rest was audited)',
      '  bad-5-binary.yml: it is binary, not text',
      '  bad-1-broken.yml:6: not valid YAML: All sequence items must start at the same column',
      '  bad-2-half.yml:8: NoExpression has no expression: skipped',
      '  bad-2-half.yml:9: this rule has neither `alert` nor `record`: skipped',
      '  bad-3-other.yml: no rules found, expected `groups:`, an object of kind PrometheusRule or alert rules of Grafana',
      '  bad-4-empty.yml: no rules found, expected `groups:`, an object of kind PrometheusRule or alert rules of Grafana',
      '  bad-6-bomb.yml: not valid YAML: its aliases expand to too many values',
      '  bad-1-broken.json:3: not valid JSON: Expected double-quoted property name',
      '  bad-2-other.json: no dashboard found, expected one with `panels`, `rows` or, in schema v2, `elements`',
      '  bad-broken-off.txt:3: it is truncated in the middle of a line: "xbot_bal"',
      '  bad-a-page.txt: it is an HTML page, not metrics',
      '  bad-contract.json: not valid JSON: Unexpected end of JSON input',
      '',
      '2 alerts: 1 cannot tell, 1 nothing against it',
      '',
    ].join('\n'),
  )
})

const doubled = (name: string) => {
  const before = String.fromCharCode(name.charCodeAt(0) - 1)
  return `${name}: &${name} [*${before}, *${before}]\n`
}

test('each source that cannot be read is reported in one line, and the rest is audited: exit 2', async () => {
  const huge = file('huge.yml', '')
  truncateSync(huge, 17 * 2 ** 20)
  let closed = ''
  await withServer(
    () => {},
    async (url) => {
      closed = url
    },
  )
  const { exit, text } = await runAudit({
    rules: [good, huge, join(folder, 'none.yml')],
    metrics: [metrics, `${closed}/metrics`, join(folder, 'none.txt')],
  })
  assert.deepEqual(
    [exit, text.replaceAll(`${folder}/`, '').replaceAll(closed.slice('http://'.length), 'HOST')],
    [
      2,
      [
        '1 alert in 1 file, checked against',
        '  1. metrics.txt: one scrape, 1 name, 1 series',
        '',
        'COULD NOT BE READ (the rest was audited)',
        '  none.yml: no such file',
        '  huge.yml: it is larger than 16 MiB and was not read',
        '  http://HOST/metrics: nothing listens at HOST: is the bot running?',
        '  none.txt: no such file, expected one with an exposition or a URL such as http://127.0.0.1:8000/metrics',
        '',
        '1 alert: 1 nothing against it',
        '',
      ].join('\n'),
    ],
  )
})

test('a running bot is scraped at its URL, and a password in the URL is not printed', async () => {
  await withServer(
    (request, response) => {
      response.setHeader('Content-Type', 'text/plain; version=0.0.4')
      response.end(request.headers.authorization === undefined ? '# TYPE a gauge\na 1\n' : exposition)
    },
    async (url) => {
      const { exit, text } = await runAudit({
        rules: [good],
        metrics: [`${url.replace('//', '//me:secret@')}/metrics`],
      })
      assert.equal(exit, 0)
      assert.equal(text.split('\n')[1], `  1. ${url}/metrics: one scrape, 1 name, 1 series`)
      const byFile = await runAudit({ rules: [good], metrics: [`${url}/metrics`], 'login-file': login })
      assert.deepEqual(byFile, { exit, text, complaints: '' })
    },
  )
})

test('a pattern matches files in folders, and a folder means all files in it', async () => {
  const { text } = await runAudit({ rules: [join(folder, '{good,dead}.y*ml')], metrics: [metrics] })
  assert.match(text, /^2 alerts in 2 files, /)
  const heading = async (pattern: string) =>
    (await runAudit({ rules: [pattern], metrics: [metrics] })).text.split('\n')[0]
  const all = await heading('test/audit/cases')
  assert.match(all ?? '', /^\d+ alerts, \d+ recording rules in \d{1,2} files, checked against$/)
  assert.equal(await heading('test/audit/cases/**/*.y*ml'), all)
})
