/** The settings of every paper bot from environment variables. */
export interface PaperEnvironment {
  /** 0 picks a free port. */
  readonly port: number
  readonly host: string
  readonly seed: string
  /** Port of the fault server on loopback; null if faults are off. */
  readonly faultsPort: number | null
  /** The folder that keeps the account across restarts; null if it starts over. */
  readonly state: string | null
  /** Seconds that it warms up after its start, before it trades. */
  readonly warmUp: number
}

export type Variables = Readonly<Record<string, string | undefined>>

/** Reads the variables that a bot adds; it appends what is wrong to `wrong`. */
type ReadMore<M> = (given: (name: string, otherwise: string) => string, wrong: string[]) => M

/**
 * Reads PORT, HOST, SEED, FAULTS, FAULTS_PORT, STATE and WARM_UP, and what `more` reads; throws one error that lists
 * everything that is wrong.
 */
export function readPaperEnvironment<M extends object>(
  env: Variables,
  bot: string,
  more: ReadMore<M>,
): PaperEnvironment & M {
  const wrong: string[] = []
  const given = (name: string, otherwise: string) => {
    const value = env[name]?.trim()
    return value === undefined || value === '' ? otherwise : value
  }
  const port = (name: string) => {
    const value = given(name, '0')
    if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535)
      wrong.push(`${name} is '${value}', expected a port from 0 (any free port) to 65535`)
    return Number(value)
  }
  const host = given('HOST', '127.0.0.1')
  // If others can reach the bot, they could also break it, so faults must be enabled explicitly.
  const local = /^(127\.|localhost$|::1$)/.test(host)
  const faults = given('FAULTS', local ? '1' : '0')
  if (faults !== '0' && faults !== '1') wrong.push(`FAULTS is '${faults}', expected 1 for on or 0 for off`)
  if (env['BOT_ENV'] === 'live')
    wrong.push("BOT_ENV is 'live', but this is the paper bot, which never trades with real money")
  const read = { port: port('PORT'), host, seed: given('SEED', bot), faultsPort: port('FAULTS_PORT') }
  const own = more(given, wrong)
  const warmUp = given('WARM_UP', '0')
  if (!/^\d{1,4}$/.test(warmUp) || Number(warmUp) > 3600)
    wrong.push(`WARM_UP is '${warmUp}', expected the seconds that a slow start takes, from 0 to 3600`)
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
  return Object.freeze({
    ...read,
    faultsPort: faults === '1' ? read.faultsPort : null,
    state: given('STATE', '') || null,
    warmUp: Number(warmUp),
    ...own,
  })
}
