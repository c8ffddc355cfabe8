import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fillLists, inList, inListOfAll, withoutLists } from '../../preview/page/logs/lists.ts'
import { withPluginVariables } from '../fixtures/plugin-variables.ts'

const query = '{env="paper"} (instance:in($instance)) (symbol:in( [[symbol]] )) | stats count() as value'

const selections: readonly (readonly [string, string | readonly string[], string])[] = [
  ['one value', ['one'], inList(['one'])],
  ['several values', ['one', 'two'], inList(['one', 'two'])],
  ['a value with quotes and a backslash', ['o"n\\e'], inList(['o"n\\e'])],
  ['all, as a pattern', '.*', inListOfAll('.*', ['one', 'two'])],
  ['all, without a value of its own', ['one', 'two'], inListOfAll(undefined, ['one', 'two'])],
]
for (const [what, values, list] of selections)
  test(`a variable in in(…) is filled as Grafana’s plugin does it: ${what}`, () => {
    const one = 'instance:in($instance) error:~"x"'
    assert.equal(fillLists(one, new Map([['instance', list]])), withPluginVariables(one, { instance: values }))
  })

test('a variable in brackets is filled too, and one without a value is left', () => {
  assert.equal(
    fillLists(query, new Map([['symbol', '"BTC"']])),
    '{env="paper"} (instance:in($instance)) (symbol:in("BTC")) | stats count() as value',
  )
})

test('what is left of a query without its lists has no variables of them', () => {
  assert.equal(withoutLists(query), '{env="paper"} (instance:in()) (symbol:in()) | stats count() as value')
})
