import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

type Environment = Readonly<Record<string, string>>

/** Starts a paper bot in a separate process, without the test runner's environment. */
export function startedBot(name: string, env: Environment = {}) {
  const { NODE_TEST_CONTEXT: _, ...ours } = process.env
  const begun = Date.now()
  const child = spawn(process.execPath, ['--import', 'tsx', `demo/${name}/main.ts`], {
    cwd: root,
    env: { ...ours, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }))
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  return { begun, child, ended, errors: () => errors }
}

async function readyBot(name: string, env: Environment) {
  const started = startedBot(name, env)
  const found: Record<string, string> = {}
  for await (const line of createInterface({ input: started.child.stdout })) {
    const [, what, where] = /^(metrics|faults): +(.*)$/.exec(line) ?? []
    if (what !== undefined) found[what] = where as string
    if (found['faults'] !== undefined) break
  }
  return { ...started, metrics: found['metrics'] as string, faults: found['faults'] as string }
}

/** Uses a paper bot once it has printed its addresses, and ends it. */
export async function withBot(
  name: string,
  env: Environment,
  use: (bot: Awaited<ReturnType<typeof readyBot>>) => Promise<void>,
): Promise<void> {
  const started = await readyBot(name, env)
  try {
    await use(started)
  } finally {
    started.child.kill('SIGKILL')
    await started.ended
  }
}
