import { readPaperEnvironment, type Variables } from '../paper/environment.ts'

/** Reads the variables of every paper bot, and LOGS: the folder of its log; null if it is printed only. */
export const readEnvironment = (env: Variables) =>
  readPaperEnvironment(env, 'arbot', (given) => ({ logs: given('LOGS', '') || null }))
