import type { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { watchdogMetrics } from '../../definitions/language/watchdog-metrics.ts'
import type { Handles } from '../handles.ts'
import { type Child, startChild } from './child.ts'
import { ask, type Liveness } from './liveness.ts'
import { createRestarts, type Limits } from './restarts.ts'

export type WatchdogMetrics = Handles<typeof watchdogMetrics>

/** Times in milliseconds. */
export interface WatchdogOptions extends Limits {
  /** The program and its arguments. */
  readonly command: readonly [string, ...string[]]
  readonly liveness: Liveness
  /** So long the bot may be silent, from its start as well. */
  readonly staleAfter: number
  /** Between SIGTERM and SIGKILL. */
  readonly grace: number
  readonly metrics: WatchdogMetrics
  readonly stdout: Writable
  readonly stderr: Writable
  /** Gets one line for each thing that happens. */
  readonly say: (line: string) => void
  /** The bot has been healthy for `within` without a break; called once. */
  readonly recovered?: () => void
}

/** How a supervision ended: somebody asked, the bot ended by itself and well, or it is beyond help. */
export type Outcome =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'gave-up'; readonly why: string }

export interface Supervision {
  readonly outcome: Promise<Outcome>
  /** Ends the bot and with it the supervision. */
  readonly stop: () => void
}

/** Starts a bot, and starts it again where it ends badly or falls silent, as often as the limits allow. */
export function supervise(options: WatchdogOptions): Supervision {
  const stopped = new AbortController()
  return Object.freeze({ outcome: run(options, stopped.signal), stop: () => stopped.abort() })
}

async function run(options: WatchdogOptions, stopped: AbortSignal): Promise<Outcome> {
  const { metrics, say } = options
  const restarts = createRestarts(options)
  let recovered = false
  const healthy = (duration: number) => {
    restarts.healthy(duration)
    if (recovered || duration < options.within) return
    recovered = true
    options.recovered?.()
  }
  metrics.restarts_left.collect(restarts.left)
  for (;;) {
    const { reason, how } = await oneRun(options, stopped, healthy)
    if (reason === 'stopped') return { kind: 'stopped' }
    if (reason === 'well') {
      say('the bot ended with code 0: it was asked to, and is not started again')
      return { kind: 'ended' }
    }
    const pause = restarts.take()
    if (pause === null) {
      const why = `the bot ${how}, after ${options.restarts} restarts that did not keep it healthy for ${options.within / 1000} s`
      say(`giving up: ${why}`)
      return { kind: 'gave-up', why }
    }
    say(`the bot ${how}; it is started again in ${pause / 1000} s, ${restarts.left()} restarts are left after that`)
    await sleep(pause, undefined, { signal: stopped }).catch(() => {})
    if (stopped.aborted) return { kind: 'stopped' }
    metrics.restarts_total.inc({ reason })
  }
}

interface Run {
  readonly reason: 'stopped' | 'well' | 'ended' | 'silent'
  readonly how: string
}

async function oneRun(
  options: WatchdogOptions,
  stopped: AbortSignal,
  healthy: (duration: number) => void,
): Promise<Run> {
  const { metrics, say, staleAfter } = options
  let last = performance.now()
  let first: number | null = null
  const beat = () => {
    last = performance.now()
    first ??= last
    metrics.beats_total.inc()
    metrics.beat_age_seconds.touch()
    healthy(last - first)
  }
  metrics.beat_age_seconds.touch()
  const child = startChild({
    command: options.command,
    stdout: options.stdout,
    stderr: options.stderr,
    beat,
    dropped: (bytes) => metrics.output_dropped_bytes_total.inc(bytes),
  })
  metrics.running.set(1)
  const endAsking = ask(options.liveness, beat, () => {
    first = null
  })
  const silence = createSilence(() => performance.now() - last, staleAfter)
  const asked = new Promise<'stopped'>((resolve) => {
    if (stopped.aborted) resolve('stopped')
    stopped.addEventListener('abort', () => resolve('stopped'), { once: true })
  })
  const event = await Promise.race([child.ended, silence.came, asked])
  silence.end()
  endAsking()
  if (typeof event === 'object') {
    metrics.running.set(0)
    return { reason: event.well ? 'well' : 'ended', how: event.how }
  }
  const how = `gave no sign of life for ${staleAfter / 1000} s`
  say(event === 'silent' ? `the bot ${how}: it is asked to end` : 'the bot is asked to end')
  await ended(child, options)
  metrics.running.set(0)
  return { reason: event, how }
}

async function ended(child: Child, { grace, metrics, say }: WatchdogOptions): Promise<void> {
  if (!(await child.end(grace))) return
  metrics.kills_total.inc()
  say(`the bot did not end within ${grace / 1000} s and was killed`)
}

/** Waits until an age is above its limit. */
function createSilence(
  age: () => number,
  limit: number,
): { readonly came: Promise<'silent'>; readonly end: () => void } {
  let timer: NodeJS.Timeout
  const came = new Promise<'silent'>((resolve) => {
    const look = () => {
      const left = limit - age()
      if (left > 0) timer = setTimeout(look, left)
      // Where this process itself was held up, a beat may wait to be read.
      else
        timer = setTimeout(() => {
          if (age() > limit) resolve('silent')
          else look()
        }, patience)
    }
    timer = setTimeout(look, limit)
  })
  return { came, end: () => clearTimeout(timer) }
}

const patience = 50
