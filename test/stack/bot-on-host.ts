import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** The paper bot as a process on this machine, on an address that containers can reach. */
export async function startBotOnHost(
  repository: string,
  host: string,
): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const bot = spawn(process.execPath, ['--import', 'tsx', 'demo/mcbot/main.ts'], {
    cwd: repository,
    env: { ...process.env, HOST: host, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(bot, 'exit')
  for await (const line of createInterface({ input: bot.stdout })) {
    const port = /^metrics: .*:(\d+)\/metrics$/.exec(line)?.[1]
    if (port === undefined) continue
    bot.stdout.resume()
    return {
      port: Number(port),
      stop: async () => {
        bot.kill('SIGTERM')
        await exited
      },
    }
  }
  throw new Error('the paper bot exited before it printed where its metrics are')
}
