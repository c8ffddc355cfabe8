export { sampleLimitOf, seriesBoundOf } from '../definitions/language/series-bound.ts'
