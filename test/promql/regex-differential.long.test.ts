// The same comparison with more cases.
process.env['BOTWATCH_REGEX_CASES'] ??= '15000'
await import('./regex-differential.test.ts')
