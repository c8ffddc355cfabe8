import type { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { watchdogMetrics } from '../../definitions/language/watchdog-metrics.ts'
import type { Handles } from '../handles.ts'
import { type Child, startChild } from './child.ts'
import { type Liveness, watchLiveness } from './liveness.ts'
import { createRestarts, type Limits } from './restarts.ts'

export type WatchdogMetrics = Handles<typeof watchdogMetrics>

/** Times in milliseconds. */
export interface WatchdogOptions extends Limits {
  /** The program and its arguments. */
  readonly command: readonly [string, ...string[]]
  readonly liveness: Liveness
  /** How long the bot may go without a heartbeat, also right after its start. */
  readonly staleAfter: number
  /** Between SIGTERM and SIGKILL. */
  readonly grace: number
  readonly metrics: WatchdogMetrics
  readonly stdout: Writable
  readonly stderr: Writable
  /** Receives one line for each event. */
  readonly say: (line: string) => void
  /** Called once, when the bot has been healthy for `within` without interruption. */
  readonly recovered?: () => void
}

/** How supervision ended: it was stopped, the bot exited with code 0, or the restart limit was used up. */
export type Outcome =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'gave-up'; readonly why: string }

export interface Supervision {
  readonly outcome: Promise<Outcome>
  /** Stops the bot and the supervision. */
  readonly stop: () => void
}

/** Runs a bot and restarts it when it fails or stops responding, within the limits. */
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
      say('the bot exited with code 0: not restarting it')
      return { kind: 'ended' }
    }
    const pause = restarts.take()
    if (pause === null) {
      const why = `the bot ${how}, and no restart is left (limit ${options.restarts}, reset after ${options.within / 1000} s of uninterrupted health)`
      say(`giving up: ${why}`)
      return { kind: 'gave-up', why }
    }
    say(`the bot ${how}; restarting it in ${pause / 1000} s (restarts left after that: ${restarts.left()})`)
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
  const endAsking = watchLiveness(options.liveness, beat, () => {
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
  const how = `had no heartbeat for ${staleAfter / 1000} s`
  say(event === 'silent' ? `the bot ${how}: stopping it` : 'stopping the bot')
  await ended(child, options)
  metrics.running.set(0)
  return { reason: event, how }
}

async function ended(child: Child, { grace, metrics, say }: WatchdogOptions): Promise<void> {
  if (!(await child.end(grace))) return
  metrics.kills_total.inc()
  say(`the bot did not stop within ${grace / 1000} s and was killed`)
}

/** Resolves when an age exceeds its limit. */
function createSilence(
  age: () => number,
  limit: number,
): { readonly came: Promise<'silent'>; readonly end: () => void } {
  let timer: NodeJS.Timeout
  const came = new Promise<'silent'>((resolve) => {
    const look = () => {
      const left = limit - age()
      if (left > 0) timer = setTimeout(look, left)
      // If this process itself was blocked, a beat may be waiting to be read.
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
