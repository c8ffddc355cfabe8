import type { Unit } from './unit.ts'

/** From here on, a number can only be a fraction of seconds since 1970: as seconds, it is after the year 5138. */
export const firstMilliseconds = 1e11

/** The values of a unit are below this. */
export const limitOf = ({ dim }: Pick<Unit<string>, 'dim'>): number =>
  dim === 'timestamp' ? firstMilliseconds : Number.POSITIVE_INFINITY

/** What a number that was meant as seconds since 1970 counts instead, and what to divide it by. */
export const fractionOf = (value: number): { readonly counts: string; readonly divideBy: number } =>
  value < 1e14
    ? { counts: 'milliseconds', divideBy: 1000 }
    : value < 1e17
      ? { counts: 'microseconds', divideBy: 1_000_000 }
      : { counts: 'nanoseconds', divideBy: 1_000_000_000 }
