import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bots } from '../../definitions/index.ts'
import type { Node } from '../../definitions/language/node.ts'
import type { Unit } from '../../definitions/language/unit.ts'
import { expressionChecker } from '../../generators/checks/expressions.ts'
import { worldOf } from '../../generators/meaning/world.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { print } from '../../generators/promql/print.ts'
import { resolve } from '../../generators/resolve/resolve.ts'

interface Query {
  readonly of: string
  readonly node: Node
  readonly unit: Unit<string>
  readonly labels: readonly string[]
}

for (const definition of bots) {
  const { bot } = resolve(definition, containerTopology).model
  const queries: readonly Query[] = [
    // an absence alert is a bare selector, expanded into a rule per target; a posted one has no query, and one on lines no PromQL
    ...bot.alerts
      .filter((one) => one.of !== 'absence' && one.of !== 'posted' && one.of !== 'logs')
      .map((one) => ({ of: one.name, node: one.when, unit: one.unit, labels: one.labels })),
    ...bot.records.map((one) => ({ of: one.name, node: one.of, unit: one.unit, labels: one.labels })),
    ...Object.values(bot.dashboards).flatMap(({ panels }) =>
      Object.values(panels).flatMap(({ title, show }) =>
        show.map(({ query, unit, labels }) => ({ of: title, node: query, unit, labels })),
      ),
    ),
  ]
  const look = expressionChecker(worldOf(bot))

  test(`every expression of ${bot.name} can match and has no findings`, () => {
    for (const { of, node } of queries) {
      const { expression, findings } = look(print(node))
      assert.ok(expression !== null, of)
      assert.equal(expression.meaning.never, null, of)
      assert.deepEqual(findings, [], of)
    }
  })

  test(`the types of ${bot.name} and its PromQL agree on labels and dimensions`, () => {
    for (const { of, node, unit, labels } of queries) {
      const meaning = look(print(node)).expression?.meaning
      const found = [...(meaning?.labels.keys() ?? [])].filter((label) => label !== '__name__').sort()
      // the builder hides the label le of buckets, and gives them the unit of their observations
      const [said, expected] = meaning?.buckets ? [found.filter((label) => label !== 'le'), null] : [found, unit.dim]
      assert.deepEqual(said, [...labels].sort(), `${of}: ${print(node)}`)
      // .as() declares a ratio: the share of time a flag was 1, or a part of a fixed number; a bare number has no unit
      const isShare = expected === 'ratio' && (meaning?.unit?.dim === 'flag' || isOfSoMany(node))
      if (expected !== null && meaning?.unit && !isShare)
        assert.equal(meaning.unit.dim, expected, `${of}: ${print(node)}`)
    }
  })
}

const isOfSoMany = (node: Node): boolean => node.kind === 'binary' && node.op === '/' && node.right.kind === 'number'
