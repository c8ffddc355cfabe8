// What a definition imports when it is not part of this repository: `@botwatch/runtime/metrics`.
export * from '../definitions/language/metrics.ts'
