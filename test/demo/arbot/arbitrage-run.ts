import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { events } from '../../../definitions/arbot/log-events.ts'
import { botMetrics } from '../../../definitions/arbot/metrics.ts'
import { createBot } from '../../../demo/arbot/bot.ts'
import type { FaultName } from '../../../demo/arbot/faults/list.ts'
import { updatesOf } from '../../../demo/arbot/record/log.ts'
import { createSwitches } from '../../../demo/paper/faults/switches.ts'
import { createMetrics } from '../../../runtime/index.ts'
import { createLog } from '../../../runtime/logs/index.ts'
import { samplesOf } from '../paper-run.ts'

const noon = Date.UTC(2026, 0, 15, 12)

/** What a line says, without what differs in each run. */
export type ArbitrageLine = Readonly<Record<string, unknown>> & { readonly event: keyof typeof events }

/** The paper arbitrage bot, whose clock advances only with its steps; strict, unlike in production. */
export async function arbitrageRun(seed: string, { start = noon, state = null as string | null } = {}) {
  let ms = start
  const now = () => ms
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-arbot-'))
  const metrics = createMetrics(botMetrics, { mode: 'strict', now })
  const switches = createSwitches<FaultName>()
  const { log, logger, end } = await createLog(events, {
    bot: 'arbot',
    updates: updatesOf(metrics),
    console: 'off',
    mode: 'strict',
    file: { path: join(folder, 'arbot.jsonl') },
  })
  // what the process uses differs from run to run
  const figures = { cpuPercent: () => 1, residentBytes: () => 1 }
  let beats = 0
  const beat = () => {
    beats += 1
  }
  const bot = createBot({ metrics, log, logger, switches, figures, seed, now, state, beat })
  return {
    metrics,
    bot,
    beats: () => beats,
    now,
    /** How many steps it has taken. */
    count: () => Math.round((ms - start) / 500),
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
      await end()
      const text = readdirSync(folder)
        .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
        .map((file) => readFileSync(join(folder, file), 'utf8'))
        .join('')
      rmSync(folder, { recursive: true, force: true })
      return text
    },
  }
}

/** The lines in the text of a log. */
export const arbitrageLines = (text: string): readonly ArbitrageLine[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const { ts: _ts, run: _run, seq: _seq, ...said } = JSON.parse(line)
      return said as ArbitrageLine
    })
