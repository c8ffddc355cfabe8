import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Defect } from '../../definitions/language/defect.ts'

// The compiler refuses most of these: the tests cover users without it, or who get past it with a value of type string.
// biome-ignore lint/suspicious/noExplicitAny: these tests need values that the types refuse.
export type AnyValue = any

/** By what was done: the actual faults, and the code, message and fix of the expected one. */
export type DefectCase = Readonly<Record<string, readonly [readonly Defect[], string, string, string]>>

export function eachGivesOneDefect(table: DefectCase): void {
  for (const [what, [defects, code, message, fix]] of Object.entries(table))
    test(`${what}: exactly one fault`, () => {
      assert.deepEqual(defects, [{ code, message, fix }])
    })
}

export const goodDuration = "write whole numbers with units, largest first, such as '5m' or '1h30m'"
export const goodLabel = 'use letters, digits and _, and do not start with __'
