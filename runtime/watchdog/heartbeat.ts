/** The bot's side of the watchdog protocol. */
export interface Heartbeat {
  /** Call this in each iteration of the main loop, and nowhere that keeps running when the loop hangs. */
  readonly beat: () => void
  /** True while the last beat is recent, otherwise the sentence for `/healthz`: `serve(metrics, { live })`. */
  readonly live: () => true | string
}

/** The IPC message of a beat; a bot that is not a Node.js program writes it as a JSON line to the file descriptor NODE_CHANNEL_FD. */
const beatMessage = Object.freeze({ botwatch: 'beat' })

export const isBeat = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && (message as { botwatch?: unknown }).botwatch === 'beat'

/** Minimum milliseconds between two messages: a loop may run a thousand times per second. */
const apart = 500

export interface HeartbeatOptions {
  /** Milliseconds without a beat after which `live` reports a failure; default 180,000. */
  readonly staleAfter?: number
  /**
   * Called if the watchdog that started the bot dies without stopping it: shut down cleanly, because the next watchdog will
   * start a second bot.
   */
  readonly orphaned?: () => void
}

/** Creates the heartbeat for a watchdog and for `/healthz`; without a watchdog, beats are not sent anywhere. */
export function createHeartbeat({ staleAfter = 180_000, orphaned }: HeartbeatOptions = {}): Heartbeat {
  if (!(staleAfter > 0))
    throw new RangeError(`createHeartbeat: staleAfter is ${staleAfter}, expected a number of milliseconds above 0`)
  if (orphaned !== undefined && process.connected === true) {
    process.once('disconnect', orphaned)
    // Listening for it must not keep a process alive that has nothing else to do.
    process.channel?.unref()
  }
  let last = performance.now()
  let told = Number.NEGATIVE_INFINITY
  return Object.freeze({
    beat() {
      last = performance.now()
      if (last - told < apart || process.connected !== true) return
      told = last
      // A missing watchdog must not end the bot.
      process.send?.(beatMessage, undefined, undefined, () => {})
    },
    live() {
      const age = performance.now() - last
      return age <= staleAfter || `no heartbeat from the main loop for ${Math.round(age / 1000)} s`
    },
  })
}
