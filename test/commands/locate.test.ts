import assert from 'node:assert/strict'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { definitionAt, locate } from '../../generators/commands/locate.ts'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'botwatch-locate-')))
after(() => rmSync(folder, { recursive: true, force: true }))
const write = (name: string, lines: readonly string[]) => {
  writeFileSync(join(folder, name), `${lines.join('\n')}\n`)
  return join(folder, name)
}

const orders = write('orders.ts', [
  'export const orders = {',
  '  orders_total: counter({',
  '  }),',
  '  fee: gauge({}),',
  '}',
])
const equity = write('equity.ts', ['export const equity = {', '  equity_usdt: gauge({}),', '  fee: gauge({}),', '}'])
const group = write('metrics.ts', [
  "import { catalogue } from '../definitions/language/metrics.ts'",
  "import { equity } from './equity.ts'",
  "import { orders } from './orders.ts'",
  '',
  'const cash = { cash: 1 }',
  "export const botMetrics = catalogue('bot', {",
  '  ...orders,',
  '  ...equity,',
  "  'odd key': gauge({ fields: { cash: 1 } }),",
  '  cash: gauge({}),',
  '  shared,',
  '})',
])
const stack = (path: string, line = 6) =>
  `Error\n    at catalogue (/x/definitions/language/catalogue.ts:37:10)\n    at ${path}:${line}:25`

const cases = [
  ['its key in the file of its group', 'cash', `${group}:10`],
  ['a key in quotes', 'odd key', `${group}:9`],
  ['a key without a value', 'shared', `${group}:11`],
  ['a key in the file that the group imports it from', 'orders_total', `${orders}:2`],
  ['another such file', 'equity_usdt', `${equity}:2`],
  ['the group, where two imported files have the key', 'fee', `${group}:6`],
  ['the group, where nothing has the key', 'nowhere', `${group}:6`],
  ['the group, if there is no key', '', `${group}:6`],
] as const

for (const [name, key, expected] of cases)
  test(`a definition is found at ${name}`, () => assert.equal(locate({ stack: stack(group) }, key), expected))

test('stack frames of every form are understood; those of the language and of packages are skipped', () => {
  const at = (frame: string) => locate({ stack: `Error\n    at ${frame}` }, '')
  assert.equal(at('/a/b.ts:3:4'), '/a/b.ts:3')
  assert.equal(at('file:///a/b.ts:3:4'), '/a/b.ts:3')
  assert.equal(at('async file:///a/b.ts:3:4'), '/a/b.ts:3')
  assert.equal(at('Object.<anonymous> (/a/b (c) d/b.ts:3:4)'), '/a/b (c) d/b.ts:3')
  assert.equal(at('make (file:///a/b%20c/b.ts?namespace=1-2:3:4)'), '/a/b c/b.ts:3')
  assert.equal(at('ModuleJob.run (node:internal/modules/esm/module_job:325:25)'), '')
  assert.equal(at('file:///a/node_modules/p/definitions/language/metric.js:3:4'), '')
  assert.equal(at('file:///a/node_modules/p/x.js:3:4'), '')
  assert.equal(locate({}, 'x'), '')
})

test('a file below this folder is shown as a person would type it, others with their full path', () => {
  assert.equal(
    locate({ stack: `Error\n    at ${join(process.cwd(), 'definitions/x.ts')}:3:4` }, ''),
    'definitions/x.ts:3',
  )
  assert.equal(locate({ stack: 'Error\n    at /elsewhere/x.ts:3:4' }, ''), '/elsewhere/x.ts:3')
})

test('if a file has disappeared, the line of the group is reported', () => {
  assert.equal(locate({ stack: 'Error\n    at /gone/x.ts:3:4' }, 'key'), '/gone/x.ts:3')
})

test('a line belongs to the nearest definition around it', () => {
  const file = write('alerts.ts', [
    'export const group = alerts({',
    '  First: alert({',
    '    when: a.gt(1),',
    '  }),',
    "  'Second one': alert({",
    '    runbook: {',
    '      steps: [look(board.panels.x)],',
    '    },',
    '  }),',
    '})',
    'wrong(1)',
  ])
  assert.equal(definitionAt(file, 2), 'First')
  assert.equal(definitionAt(file, 3), 'First')
  assert.equal(definitionAt(file, 7), 'Second one')
  assert.equal(definitionAt(file, 1), 'group')
  assert.equal(definitionAt(file, 11), '')
})
