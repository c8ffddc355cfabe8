/** The bot's side of the watchdog. */
export interface Heartbeat {
  /** The main loop went round: call it there, and nowhere that goes on when the loop does not. */
  readonly beat: () => void
  /** True while the last beat is recent, otherwise the sentence that `/healthz` answers: `serve(metrics, { live })`. */
  readonly live: () => true | string
}

/** What the bot sends over IPC; one that is no Node.js program writes it as a line of JSON to the descriptor NODE_CHANNEL_FD. */
const beatMessage = Object.freeze({ botwatch: 'beat' })

export const isBeat = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && (message as { botwatch?: unknown }).botwatch === 'beat'

/** Milliseconds between two messages at least: a loop may go round a thousand times a second. */
const apart = 500

export interface HeartbeatOptions {
  /** Milliseconds without a beat after which `live` says no; 180,000 unless given. */
  readonly staleAfter?: number
  /**
   * The watchdog that started the bot is gone without having ended it: end in good order, since the next one starts a bot
   * beside this one.
   */
  readonly orphaned?: () => void
}

/** Signs of life for a watchdog, and for `/healthz`; the beat goes nowhere where no watchdog started the bot. */
export function createHeartbeat({ staleAfter = 180_000, orphaned }: HeartbeatOptions = {}): Heartbeat {
  if (!(staleAfter > 0))
    throw new RangeError(`createHeartbeat: staleAfter is ${staleAfter}, expected milliseconds above 0`)
  if (orphaned !== undefined && process.connected === true) {
    process.once('disconnect', orphaned)
    // Listening for it must not keep a bot alive that has nothing else to do.
    process.channel?.unref()
  }
  let last = performance.now()
  let told = Number.NEGATIVE_INFINITY
  return Object.freeze({
    beat() {
      last = performance.now()
      if (last - told < apart || process.connected !== true) return
      told = last
      // A watchdog that is gone must not end the bot.
      process.send?.(beatMessage, undefined, undefined, () => {})
    },
    live() {
      const age = performance.now() - last
      return age <= staleAfter || `the main loop has not gone round for ${Math.round(age / 1000)} s`
    },
  })
}
