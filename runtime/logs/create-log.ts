import type { Logger } from 'pino'
import type { Fields, FieldValues, LogEvent, LogLevel } from '../../definitions/language/log-event.ts'
import { lineWords } from '../../definitions/language/log-line.ts'
import { runHandler } from '../events/figures.ts'
import { type Mode, modeOf } from '../mode.ts'
import { consoleDestination, type Destination, fileDestination, type LogFile, library } from './destinations.ts'
import { lineOf } from './line.ts'
import { createNumbering } from './numbering.ts'
import { createRedaction } from './redact.ts'

export type LogEvents = Readonly<Record<string, LogEvent<Fields>>>
type Of<E> = E extends LogEvent<infer F> ? FieldValues<F> : never

/** A function for each declared event that writes one line for it. */
export type Log<E> = { readonly [K in keyof E]: (fields: Of<E[K]>) => void }

export interface LogOptions<E> {
  /** The bot's name, included in every line. */
  readonly bot: string
  /** Metric updates by event, run in the same call, so that log and metrics cannot disagree. */
  readonly updates?: { readonly [K in keyof E]?: (fields: Of<E[K]>) => unknown }
  /** Minimum level; lines below it are not written, but their metrics are still updated. Default 'info'. */
  readonly level?: LogLevel
  /** Format of the console output; default 'human' on a terminal, 'json' otherwise. */
  readonly console?: 'human' | 'json' | 'off'
  readonly file?: LogFile
  /** Values to redact in every line, such as an API key; anything that looks like a secret is redacted anyway. */
  readonly secrets?: readonly string[]
  /** A counter of lost lines and of updates that threw. */
  readonly errors?: { readonly inc: () => void }
  /** Strict throws on invalid fields; lenient writes the line with a list of what is wrong. Default as in createMetrics. */
  readonly mode?: Mode
}

export interface Logging<E> {
  readonly log: Log<E>
  /** The underlying pino logger, for libraries that need one; its lines are redacted too. */
  readonly logger: Logger
  /** Flushes and closes all destinations. */
  readonly end: () => Promise<void>
}

/** Creates a structured log of the declared events: JSON lines or a human-readable console, rotating files, secrets redacted. */
export async function createLog<const E extends LogEvents>(
  events: E,
  options: LogOptions<NoInfer<E>>,
): Promise<Logging<E>> {
  refuseReserved(events)
  const { bot, level = 'info', mode = modeOf(process.env), updates = {} as Updates } = options
  const redact = createRedaction(options.secrets ?? [])
  const number = createNumbering()
  const { default: pino } = await library('pino', () => import('pino'))
  const lost = createLost(options.errors)
  const destinations = await open(options, lost)
  const logger = pino(
    {
      level,
      base: { bot },
      timestamp: () => `,"ts":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      // Numbered last, so that no secret can be found in the number, and no line without one is written.
      hooks: { streamWrite: (line) => number(redact(line)) },
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
          runHandler({ ...(options.errors && { handlerErrors: options.errors }), onError: failed }, event.key, () =>
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

/** Counts lost lines and reports each reason once on stderr, since the log itself cannot. */
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
        throw new TypeError(`createLog: ${name} has a field '${field}', which lines already have: rename the field`)
}
