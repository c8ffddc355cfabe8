import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { events } from '../../../definitions/tradingbot/log-events.ts'
import { botMetrics } from '../../../definitions/tradingbot/metrics.ts'
import { createSwitches } from '../../../demo/paper/faults/switches.ts'
import { createBot } from '../../../demo/tradingbot/bot.ts'
import type { FaultName } from '../../../demo/tradingbot/faults/list.ts'
import { updatesOf } from '../../../demo/tradingbot/record/log.ts'
import { createTrades } from '../../../demo/tradingbot/record/trades.ts'
import { createMetrics } from '../../../runtime/index.ts'
import { createLog } from '../../../runtime/logs/index.ts'
import { samplesOf } from '../paper-run.ts'

const noon = Date.UTC(2026, 0, 15, 12)

/** What a line says, without what differs in each run. */
export type Line = Readonly<Record<string, unknown>> & { readonly event: keyof typeof events }

/** The paper bot of the log pipeline, whose clock advances only with its steps; strict, unlike in production. */
export async function tradingRun(seed: string, { start = noon, state = null as string | null } = {}) {
  let ms = start
  const now = () => ms
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-tradingbot-'))
  const metrics = createMetrics(botMetrics, { mode: 'strict', now })
  const switches = createSwitches<FaultName>()
  const trades = createTrades(metrics, now, state)
  const { log, logger, end } = await createLog(events, {
    bot: 'tradingbot',
    updates: updatesOf(metrics, trades),
    errors: metrics.log_errors_total,
    console: 'off',
    mode: 'strict',
    file: { path: join(folder, 'tradingbot.jsonl') },
  })
  let beats = 0
  const beat = () => {
    beats += 1
  }
  const bot = createBot({ metrics, log, logger, trades, switches, seed, now, state, beat })
  const written = async (): Promise<string> => {
    await end()
    const text = readdirSync(folder)
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('')
    rmSync(folder, { recursive: true, force: true })
    return text
  }
  return {
    metrics,
    beats: () => beats,
    now,
    steps: (count: number) => {
      for (let i = 0; i < count; i++) {
        ms += 500
        bot.step()
      }
    },
    /** The clock goes on, and the bot does nothing. */
    wait: (seconds: number) => {
      ms += seconds * 1000
    },
    turn: (name: FaultName, on: boolean) => switches.turn(name, on),
    text: () => metrics.render(),
    samples: async () => samplesOf(await metrics.render()),
    /** Ends the bot; returns the text of its log. */
    end: async (): Promise<string> => {
      await bot.end()
      return written()
    },
    /** The process is gone, and the bot could do nothing about it; returns the text of its log. */
    crash: written,
  }
}

/** The lines in the text of a log. */
export const linesInLog = (text: string): readonly Line[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const { ts: _ts, run: _run, seq: _seq, ...said } = JSON.parse(line)
      return said as Line
    })
