// Definitions outside this repository import this file as `@botwatch/runtime/metrics`.
export * from '../definitions/language/metrics.ts'
