export { createDay, type DayBoundaries } from './day.ts'
export { createOpeningValue, type OpeningValue, type OpeningValueOptions } from './opening-value.ts'
