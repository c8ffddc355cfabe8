import cluster from 'node:cluster'
import { BroadcastChannel, isMainThread, threadId } from 'node:worker_threads'

/** Why several processes or threads of one bot may want the same port, and how each could have its own. */
export interface Siblings {
  /** This process among them, such as `worker 2`. */
  readonly self: string
  /** How to have only one of them. */
  readonly once: string
  /** How to give each the port that it reads from a variable or a message, as code. */
  readonly apart: string
}

const workerData = 'new Worker(file, { workerData: { port } })'

/**
 * Whether this process was started as one of several: by pm2, as a cluster worker or as a thread. Null for a process on its
 * own, whose port is in use by mistake.
 */
export function siblingsOf(env: Readonly<Record<string, string | undefined>>): Siblings | null {
  if (!isMainThread)
    return {
      self: `thread ${threadId} of process ${process.pid}`,
      once: 'call serve() in one thread only',
      apart: workerData,
    }
  // pm2 lets its user rename the variable.
  const variable = env['instance_var'] || 'NODE_APP_INSTANCE'
  if (env['pm_id'] !== undefined || env[variable] !== undefined)
    return {
      self: `instance ${env[variable] ?? '?'} (process ${process.pid})`,
      once: 'run one instance (pm2 start bot.js -i 1)',
      apart: `port + Number(process.env.${variable})`,
    }
  return cluster.isWorker
    ? {
        self: `worker ${cluster.worker?.id} (process ${process.pid})`,
        once: 'run one worker',
        apart: 'cluster.fork({ METRICS_PORT })',
      }
    : null
}

/** What Prometheus misses while another process has the port, and how to fix it. */
export const howToFix = ({ self, once, apart }: Siblings): string =>
  `Prometheus does not see what ${self} counts: ${once}, or give each its own port (${apart}) and list each as a target`

const channelName = 'botwatch serve'
/** Milliseconds; a thread that is busy for longer is not found, and a port that another program has is reported only then. */
const patience = 3000

/** Tells other threads of this process that this one serves a port; returns a function that stops it. */
export function announce(port: number): () => void {
  const channel = new BroadcastChannel(channelName)
  channel.unref()
  channel.onmessage = (message) => {
    const { data } = message as { readonly data?: { readonly asked?: number } }
    if (data?.asked === port) channel.postMessage({ serves: port })
  }
  return () => channel.close()
}

/** Whether another thread of this process serves the port. */
export function isServedByThread(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const channel = new BroadcastChannel(channelName)
    const end = (answer: boolean) => {
      clearTimeout(late)
      channel.close()
      resolve(answer)
    }
    const late = setTimeout(() => end(false), patience)
    channel.onmessage = (message) => {
      const { data } = message as { readonly data?: { readonly serves?: number } }
      if (data?.serves === port) end(true)
    }
    channel.postMessage({ asked: port })
  })
}

/** The main thread among the threads of its process. */
export const mainThread: Siblings = Object.freeze({
  self: 'the main thread',
  once: 'call serve() in one thread only',
  apart: workerData,
})
