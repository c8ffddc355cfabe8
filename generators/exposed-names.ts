/** The names under which a metric's series are exposed. */
export { seriesNames as exposedNames } from '../definitions/language/family.ts'
