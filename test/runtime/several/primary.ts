// The primary of a cluster, a bot's own or pm2's, which forks workers with variables of their own.
import cluster, { type Worker } from 'node:cluster'
import { fileURLToPath } from 'node:url'

/** What a test wants done to the worker of a name. */
export interface WorkerOrder {
  readonly to: string
  readonly what: 'fork' | 'disconnect' | 'close' | 'SIGINT' | 'SIGKILL'
  /** The variables of a new worker. */
  readonly env?: Readonly<Record<string, string>>
}

const workers = new Map<string, Worker>()
const bot = process.env['BOT_FILE'] ?? './bot.ts'
cluster.setupPrimary({ exec: fileURLToPath(new URL(bot, import.meta.url)), args: [] })
process.on('message', ({ to, what, env }: WorkerOrder) => {
  const worker = workers.get(to)
  switch (what) {
    case 'fork': {
      const born = cluster.fork({ NAME: to, ...env })
      born.once('exit', (code, signal) => console.log(`${to} ended with ${signal ?? code}`))
      workers.set(to, born)
      break
    }
    case 'disconnect':
      worker?.disconnect()
      break
    case 'close':
      worker?.send('close')
      break
    default:
      worker?.process.kill(what)
  }
})
// Its workers end with it.
process.on('disconnect', () => process.exit())
