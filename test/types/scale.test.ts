import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compile } from './compile.ts'
import { largeDefinitions, size } from './scale.ts'

/** Measured with TypeScript 7.0 --singleThreaded; the limit is 15 % above. Instantiations measure the compiler's work independently of the machine. */
const measured = 241_000

test(`${size.metrics} metrics with ${size.labels} labels, ${size.alerts} alerts and ${size.panels} panels stay cheap to type-check`, async (t) => {
  const { complaints, figures } = await compile(largeDefinitions())
  assert.deepEqual(complaints, [])
  const instantiations = figures.get('Instantiations') ?? Number.NaN
  t.diagnostic(`${instantiations} instantiations, ${figures.get('Memory used')} kB, ${figures.get('Total time')} s`)
  assert.ok(
    instantiations < measured * 1.15,
    `${instantiations} instantiations, measured before: ${measured}: find what made the types more expensive, or explain why it is worth it`,
  )
  assert.ok(
    instantiations > measured / 2,
    `${instantiations} instantiations: the definitions are no longer fully checked`,
  )
})
