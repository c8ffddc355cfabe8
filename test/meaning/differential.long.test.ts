// The same comparison with more cases.
process.env['BOTWATCH_MEANING_CASES'] ??= '100000'
await import('./differential.test.ts')
