import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import { checks } from '../../generators/checks/index.ts'
import { asGithub } from '../../generators/checks/report/github.ts'
import { asJson } from '../../generators/checks/report/json.ts'
import type { LocatedFinding } from '../../generators/checks/report/located.ts'
import { asSarif } from '../../generators/checks/report/sarif.ts'
import { asText } from '../../generators/checks/report/text.ts'

const text = 'rate(ex_orders_total{sid="buy"}[5m]) > 5'
const label: LocatedFinding = {
  bot: 'ex',
  of: 'alert Orders',
  key: 'Orders',
  where: {},
  file: 'definitions/ex/alerts of ex.ts',
  line: 12,
  columns: [3, 9],
  code: 'BW102',
  name: 'unknown-label',
  severity: 'error',
  message: 'ex_orders_total has no label sid, so this matcher matches nothing',
  fix: 'did you mean side?',
  in: { text, from: text.indexOf('sid'), to: text.indexOf('}') },
}
const budget: LocatedFinding = {
  ...label,
  of: 'metric ex_pairs',
  code: 'BW802',
  name: 'series-of-metric',
  severity: 'warning',
  message: '100 % of its series, and more',
  fix: '',
  in: null,
  file: '',
  columns: null,
}
const defect: LocatedFinding = {
  ...budget,
  code: 'buckets-unsorted',
  name: 'buckets-unsorted',
  severity: 'error',
  line: 3,
  file: 'a,b:c.ts',
}
const all = [label, budget, defect]

test('the text report shows place, problem, reason, the part of the PromQL, and the fix', () => {
  assert.equal(
    asText(all, '1 alert of ex'),
    `error: BW102 unknown-label at definitions/ex/alerts of ex.ts:12
  alert Orders: ex_orders_total has no label sid, so this matcher matches nothing
    rate(ex_orders_total{sid="buy"}[5m]) > 5
                         ^^^^^^^^^
  did you mean side?

warning: BW802 series-of-metric
  metric ex_pairs: 100 % of its series, and more

error: buckets-unsorted at a,b:c.ts:3
  metric ex_pairs: 100 % of its series, and more

2 errors, 1 warning in 1 alert of ex

see docs/checks/BW102-unknown-label.md
see docs/checks/BW802-series-of-metric.md
`,
  )
  assert.equal(asText([], '1 alert of ex'), 'no problems found in 1 alert of ex\n')
})

test('GitHub annotations have file and line, and no text ends a command early', () => {
  assert.equal(
    asGithub(all),
    `::error file=definitions/ex/alerts of ex.ts,line=12,col=3,endColumn=9,title=BW102 unknown-label::alert Orders: ex_orders_total has no label sid, so this matcher matches nothing%0Arate(ex_orders_total{sid="buy"}[5m]) > 5%0A                     ^^^^^^^^^%0Adid you mean side?
::warning title=BW802 series-of-metric::metric ex_pairs: 100 %25 of its series, and more
::error file=a%2Cb%3Ac.ts,line=3,title=buckets-unsorted::metric ex_pairs: 100 %25 of its series, and more
`,
  )
})

test('the JSON report has every finding in full', () => {
  assert.deepEqual(JSON.parse(asJson([label, budget])), {
    findings: [
      {
        code: 'BW102',
        name: 'unknown-label',
        severity: 'error',
        bot: 'ex',
        of: 'alert Orders',
        file: 'definitions/ex/alerts of ex.ts',
        line: 12,
        column: 3,
        endColumn: 9,
        message: label.message,
        fix: label.fix,
        expression: text,
        from: 21,
        to: 30,
        page: 'docs/checks/BW102-unknown-label.md',
      },
      {
        code: 'BW802',
        name: 'series-of-metric',
        severity: 'warning',
        bot: 'ex',
        of: 'metric ex_pairs',
        file: null,
        line: null,
        column: null,
        endColumn: null,
        message: budget.message,
        fix: '',
        expression: null,
        from: null,
        to: null,
        page: 'docs/checks/BW802-series-of-metric.md',
      },
    ],
  })
})

const {
  $schema: _,
  id: __,
  ...schema
} = JSON.parse(readFileSync(new URL('../fixtures/sarif/sarif-2.1.0-rtm.5.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, unknown>
>
const isSarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema)

test('SARIF output conforms to its schema', () => {
  for (const some of [[], all, checks.map(({ code, name, severity }) => ({ ...label, code, name, severity }))]) {
    const log: unknown = JSON.parse(asSarif(some, '1.2.3'))
    assert.ok(isSarif(log), JSON.stringify(isSarif.errors))
  }
})

test('the schema rejects invalid SARIF', () => {
  const log = JSON.parse(asSarif([label], '1.2.3')) as { runs: [{ results: [{ level: string }] }] }
  log.runs[0].results[0].level = 'fatal'
  assert.equal(isSarif(log), false)
})

test('SARIF names the rule, the place of the definition and the part of the expression', () => {
  const { runs } = JSON.parse(asSarif([label], '1.2.3')) as { runs: [{ tool: object; results: [object] }] }
  assert.deepEqual(runs[0].tool, {
    driver: {
      name: 'botwatch',
      version: '1.2.3',
      rules: [
        {
          id: 'BW102',
          name: 'unknown-label',
          shortDescription: { text: 'A matcher uses a label that the series do not have.' },
          help: {
            text: 'See docs/checks/BW102-unknown-label.md.',
            markdown: 'See [docs/checks/BW102-unknown-label.md](docs/checks/BW102-unknown-label.md).',
          },
          defaultConfiguration: { level: 'error' },
        },
      ],
    },
  })
  assert.deepEqual(runs[0].results, [
    {
      ruleId: 'BW102',
      ruleIndex: 0,
      level: 'error',
      message: { text: `alert Orders: ${label.message}. did you mean side?` },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'definitions/ex/alerts%20of%20ex.ts' },
            region: { startLine: 12, startColumn: 3, endColumn: 9 },
          },
          logicalLocations: [{ name: 'alert Orders', fullyQualifiedName: 'ex/alert Orders' }],
        },
      ],
      partialFingerprints: { 'botwatch/v1': `BW102 ex alert Orders ${label.message}` },
      properties: { expression: text, part: 'sid="buy"', from: 21, to: 30 },
    },
  ])
})
