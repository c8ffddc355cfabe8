import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

interface Program {
  readonly process: ChildProcess
  /** What it and everything that it started have printed. */
  readonly lines: readonly string[]
  /** The first line that matches, awaited if it is not there yet. */
  readonly line: (pattern: RegExp) => Promise<string>
}

/** Starts a program of this folder, which ends with the test. */
export function start(t: TestContext, file: string, env: Readonly<Record<string, string>>): Program {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    env: { ...process.env, ...env },
    execArgv: ['--import', import.meta.resolve('tsx')],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const lines: string[] = []
  const output = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  output.on('line', (line) => lines.push(line))
  t.after(() => child.kill('SIGKILL'))
  return {
    process: child,
    lines,
    async line(pattern) {
      for (;;) {
        const found = lines.find((line) => pattern.test(line))
        if (found !== undefined) return found
        await once(output, 'line', { signal: AbortSignal.timeout(60_000) }).catch(() =>
          assert.fail(`no line ${pattern} in:\n${lines.join('\n')}`),
        )
      }
    },
  }
}

/** The orders counted by whoever answers, asked on a new connection. */
async function scrapedOrders(port: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`, {
    headers: { connection: 'close', authorization: 'Bearer secret' },
  })
  return Number(/^tb_orders_total (\d+)$/m.exec(await response.text())?.[1])
}

/** Scrapes until the answer has this many orders. */
export async function scrapedUntil(port: number, orders: number): Promise<void> {
  while ((await scrapedOrders(port).catch(() => Number.NaN)) !== orders) await delay(50)
}

/** Who answers ten scrapes in a row. */
export async function tenScrapes(port: number): Promise<readonly number[]> {
  const answers: number[] = []
  for (let i = 0; i < 10; i++) answers.push(await scrapedOrders(port))
  return answers
}
