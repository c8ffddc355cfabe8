import type { StatusPage } from '../../definitions/language/status.ts'
import { createRestartQuiet, type Registry } from '../../runtime/index.ts'
import { type Running, turnFault } from './drive.ts'
import type { PaperEnvironment } from './environment.ts'
import type { Faults } from './faults/fault.ts'
import { serveFaults } from './faults/server.ts'
import type { Switches } from './faults/switches.ts'
import { serveMetrics } from './metrics-server.ts'

type Faulty = 'metrics-endpoint' | 'hang' | 'crash'

interface PaperProcess<N extends string> {
  readonly name: string
  readonly environment: PaperEnvironment
  readonly metrics: { readonly registry: Registry }
  readonly page: StatusPage
  readonly faults: Faults<N>
  readonly switches: Switches<N>
  /** Further lines that describe this run. */
  readonly says: readonly string[]
  /** Begins to trade, once it has warmed up. */
  readonly trade: () => Running
  /** Whether the bot is alive, for `/healthz`. */
  readonly live?: () => true | string
  /** Writes what is kept across restarts. */
  readonly end: () => Promise<unknown>
}

/** Runs a paper bot until SIGINT or SIGTERM, and prints its addresses once it is ready. */
export async function runPaperBot<N extends string>({
  name,
  environment: { port, host, seed, faultsPort, warmUp },
  metrics,
  page,
  faults,
  switches,
  ...bot
}: PaperProcess<N | Faulty>): Promise<void> {
  const quiet = createRestartQuiet(metrics)
  // Only a bot that has warmed up trades, has a heartbeat and hears from the exchange.
  let trading: Running | null = null
  const trade = () => {
    trading = bot.trade()
  }
  // At once if it does not warm up: a scrape must not find it warming up.
  const warming = warmUp === 0 ? trade() : setTimeout(trade, warmUp * 1000)
  const endpoint = await serveMetrics(metrics, {
    port,
    host,
    page,
    isBroken: () => switches.isOn('metrics-endpoint'),
    ...(bot.live === undefined ? {} : { live: bot.live }),
  })
  const switchboard =
    faultsPort === null
      ? null
      : await serveFaults(faults, switches, { port: faultsPort, turned: (turn) => turnFault(switches, turn) })
  console.log(`${name}, a paper bot; rerun with SEED=${seed} to repeat this run`)
  for (const line of bot.says) console.log(line)
  console.log(`metrics: ${endpoint.url}`)
  console.log(switchboard === null ? 'faults: off; FAULTS=1 turns them on' : `faults:  ${switchboard.url}`)

  const end = async () => {
    clearTimeout(warming ?? undefined)
    trading?.end()
    await Promise.all([quiet.begin(), endpoint.close(), switchboard?.close(), bot.end()])
  }
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
}

/** Runs the program of a paper bot; an error while it starts is one line, and ends the process. */
export async function runProgram(name: string, main: () => Promise<void>): Promise<void> {
  try {
    await main()
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : error}`)
    // A server that already listens must not keep the process alive.
    process.exit(1)
  }
}
