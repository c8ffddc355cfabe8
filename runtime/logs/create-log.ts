import type { Logger } from 'pino'
import type { Fields, FieldValues, LogEvent, LogLevel } from '../../definitions/language/log-event.ts'
import { handled } from '../events/figures.ts'
import { type Mode, modeOf } from '../mode.ts'
import { consoleDestination, type Destination, fileDestination, type LogFile, library } from './destinations.ts'
import { lineOf, lineWords } from './line.ts'
import { createRedaction } from './redact.ts'

export type LogEvents = Readonly<Record<string, LogEvent<Fields>>>
type Of<E> = E extends LogEvent<infer F> ? FieldValues<F> : never

/** A function for each event of a bot, which writes one line of it. */
export type Log<E> = { readonly [K in keyof E]: (fields: Of<E[K]>) => void }

export interface LogOptions<E> {
  /** The bot's name, in every line. */
  readonly bot: string
  /** What an event does to metrics, in the same call: the log and the metric cannot disagree. */
  readonly updates?: { readonly [K in keyof E]?: (fields: Of<E[K]>) => unknown }
  /** Lines below it are not written; their metrics are updated all the same. 'info' unless given. */
  readonly level?: LogLevel
  /** On a terminal for people, elsewhere as JSON, unless given. */
  readonly console?: 'human' | 'json' | 'off'
  readonly file?: LogFile
  /** Values that no line may hold, such as an API key; what looks like a secret is taken out anyway. */
  readonly secrets?: readonly string[]
  /** A counter of lines that were lost and updates that threw. */
  readonly errors?: { readonly inc: () => void }
  /** Strict throws where fields do not fit; lenient writes the line with what is wrong with it. As with createMetrics. */
  readonly mode?: Mode
}

export interface Logging<E> {
  readonly log: Log<E>
  /** The pino logger beneath, for libraries that want one; its lines are redacted too. */
  readonly logger: Logger
  /** Writes what is left and closes. */
  readonly end: () => Promise<void>
}

/** Structured logs of the declared events: JSON lines, a console for people, files that turn over, and no secrets. */
export async function createLog<const E extends LogEvents>(
  events: E,
  options: LogOptions<NoInfer<E>>,
): Promise<Logging<E>> {
  refuseReserved(events)
  const { bot, level = 'info', mode = modeOf(process.env), updates = {} as Updates } = options
  const redact = createRedaction(options.secrets ?? [])
  const { default: pino } = await library('pino', () => import('pino'))
  const lost = createLost(options.errors)
  const destinations = await open(options, lost)
  const logger = pino(
    {
      level,
      base: { bot },
      timestamp: () => `,"ts":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: redact },
    },
    {
      write(line: string) {
        for (const { write } of destinations) write(line)
      },
    },
  )
  const log = Object.fromEntries(
    Object.values(events).map((event) => [
      event.key,
      (given: Readonly<Record<string, unknown>>) => {
        const { fields, faults } = lineOf(event.fields, given)
        if (faults.length > 0 && mode === 'strict') throw new TypeError(`log.${event.key}: ${faults.join('; ')}`)
        const { symbol } = fields
        logger[event.level](
          { event: event.name, ...fields, ...(faults.length > 0 ? { faults } : {}) },
          typeof symbol === 'string' ? `${event.name}: ${symbol}` : event.name,
        )
        const update = (updates as Updates)[event.key]
        if (update === undefined) return
        const failed = (error: unknown) => {
          if (mode === 'strict') throw error
          logger.error(
            { event: 'metric_update_failed', of: event.name, error: `${error}` },
            `metric_update_failed: ${event.name}`,
          )
        }
        if (mode === 'strict') update(given as never)
        else
          handled({ ...(options.errors && { handlerErrors: options.errors }), onError: failed }, event.key, () =>
            update(given as never),
          )
      },
    ]),
  )
  return Object.freeze({
    log: Object.freeze(log) as Log<E>,
    logger,
    end: async () => {
      await Promise.all(destinations.map(({ end }) => end()))
    },
  })
}

type Updates = Readonly<Record<string, ((fields: never) => unknown) | undefined>>

async function open(
  options: Pick<LogOptions<object>, 'console' | 'file'>,
  lost: (why: string) => void,
): Promise<readonly Destination[]> {
  const { console: form = process.stdout.isTTY ? 'human' : 'json', file } = options
  return [
    ...(form === 'off' ? [] : [await consoleDestination(form, lost)]),
    ...(file === undefined ? [] : [await fileDestination(file, lost)]),
  ]
}

/** Counts what is lost, and says each reason once: the log itself cannot. */
function createLost(errors: { readonly inc: () => void } | undefined): (why: string) => void {
  const told = new Set<string>()
  return (why) => {
    errors?.inc()
    if (told.has(why)) return
    told.add(why)
    console.error(`botwatch: ${why}`)
  }
}

function refuseReserved(events: LogEvents): void {
  for (const { name, fields } of Object.values(events))
    for (const field of Object.keys(fields))
      if (lineWords.some((word) => word === field))
        throw new TypeError(
          `createLog: ${name} has a field '${field}', which every line has already: call it something else`,
        )
}
