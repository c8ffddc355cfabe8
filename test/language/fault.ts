import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fault } from '../../definitions/language/fault.ts'

// The compiler refuses most of these: the tests are for those who come without it, or get past it with a value of type string.
// biome-ignore lint/suspicious/noExplicitAny: the point is what happens to that which no type let through.
export type Unchecked = any

/** What was done; the faults that it gave, and the one that it should: code, message, advice. */
export type Faulty = Readonly<Record<string, readonly [readonly Fault[], string, string, string]>>

export function eachGivesOneFault(table: Faulty): void {
  for (const [what, [faults, code, message, fix]] of Object.entries(table))
    test(`${what}: exactly one fault says so`, () => {
      assert.deepEqual(faults, [{ code, message, fix }])
    })
}

export const goodDuration = "write whole numbers with units, largest first, such as '5m' or '1h30m'"
export const goodLabel = 'use letters, digits and _, not beginning with __'
