// The same comparison with more cases.
process.env['BOTWATCH_PARSE_CASES'] ??= '15000'
await import('./parse-differential.test.ts')
