// The same comparison, of more.
process.env['BOTWATCH_MEANING_CASES'] ??= '100000'
await import('./differential.test.ts')
