/** Strict throws on a refusal; lenient counts and logs it, so that monitoring never stops a bot. */
export type Mode = 'strict' | 'lenient'

/** Strict under a test runner only. NODE_ENV is ignored: few live bots set it. */
export const modeOf = (env: Readonly<Record<string, string | undefined>>): Mode =>
  env['NODE_TEST_CONTEXT'] !== undefined || env['VITEST'] !== undefined || env['JEST_WORKER_ID'] !== undefined
    ? 'strict'
    : 'lenient'
