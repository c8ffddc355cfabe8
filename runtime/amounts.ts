import { isNumber } from './numbers.ts'
import type { Family } from './shapes.ts'
import { shown } from './shown.ts'

/** Whether a counter can grow by it. */
export const isIncrement = (by: unknown): by is number => isNumber(by) && by >= 0

export function refuseIncrement(family: Family, by: unknown): void {
  if (isNumber(by))
    family.refuse(
      'inc',
      'negative',
      `the increment is ${by}, expected 0 or more: a counter only grows; a gauge or a second counter goes the other way`,
    )
  else refuseNumber(family, 'inc', 'increment', by)
}

export const refuseNumber = (family: Family, verb: string, what: string, value: unknown): void =>
  family.refuse(
    verb,
    'number',
    `the ${what} is ${shown(value)}, expected a finite number: record nothing where there is none`,
  )
