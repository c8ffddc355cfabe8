import { display } from '../display.ts'
import { isFiniteNumber } from '../numbers.ts'
import type { ValueReports } from './reports.ts'

/** The number that a callback of the bot returns; undefined while it is unknown, or, with a report, if there is none. */
export function readValue(read: () => unknown, what: string, { failed }: ValueReports): number | undefined {
  try {
    const value = read()
    if (value === undefined || isFiniteNumber(value)) return value
    failed('value', `${what} is ${display(value)}, expected a finite number, or undefined while it is unknown`)
  } catch (error) {
    failed('value', `reading ${what} threw ${display(error instanceof Error ? error.message : error)}`)
  }
  return undefined
}
