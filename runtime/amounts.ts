import { fractionOf } from '../definitions/language/timestamp.ts'
import { display } from './display.ts'
import { isFiniteNumber } from './numbers.ts'
import type { Family } from './shapes.ts'

/** Whether a counter can be increased by this value. */
export const isIncrement = (by: unknown): by is number => isFiniteNumber(by) && by >= 0

export function refuseIncrement(family: Family, by: unknown): void {
  if (isFiniteNumber(by))
    family.refuse(
      'inc',
      'negative',
      `the increment is ${by}, expected 0 or more: a counter only goes up; use a gauge, or a second counter for the other direction`,
    )
  else refuseNumber(family, 'inc', 'increment', by)
}

export const refuseNumber = (family: Family, verb: string, what: string, value: unknown): void =>
  family.refuse(verb, 'number', `the ${what} is ${isFiniteNumber(value) ? fractionText(value) : notFinite(value)}`)

const notFinite = (value: unknown): string =>
  `${display(value)}, expected a finite number: if there is no value, record nothing`

/** What is wrong with a timestamp that is above the limit of its unit. */
export function fractionText(value: number): string {
  const { counts, divideBy } = fractionOf(value)
  const example = divideBy === 1000 ? ', such as Date.now() / 1000' : ''
  return `${value}, which is in ${counts}, expected seconds since 1970: divide it by ${divideBy}${example}`
}
