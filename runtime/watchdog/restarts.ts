/** How often a bot is restarted before the watchdog gives up; times in milliseconds. */
export interface Limits {
  readonly restarts: number
  /** How long the bot must stay healthy without interruption before the restart count resets. */
  readonly within: number
  /** The pause before the first restart; it doubles with each further one, up to a minute. */
  readonly pause: number
}

interface Restarts {
  readonly left: () => number
  /** Uses one restart and returns the pause before it; null if none is left. */
  readonly take: () => number | null
  /** Reports how long the bot has been healthy without interruption. */
  readonly healthy: (duration: number) => void
}

/** The longest pause, in milliseconds. */
const longestPause = 60_000

/**
 * Counts restarts. The count resets only after a period of uninterrupted health, not by time alone or a single heartbeat, so
 * that a crash loop with one heartbeat per run still reaches the limit.
 */
export function createRestarts({ restarts, within, pause }: Limits): Restarts {
  let taken = 0
  return Object.freeze({
    left: () => restarts - taken,
    take() {
      if (taken >= restarts) return null
      taken += 1
      return Math.min(longestPause, pause * 2 ** (taken - 1))
    },
    healthy(duration: number) {
      if (duration >= within) taken = 0
    },
  })
}
