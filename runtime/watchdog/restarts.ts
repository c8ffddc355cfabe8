/** How often a bot is started again before nobody tries any more; times in milliseconds. */
export interface Limits {
  readonly restarts: number
  /** So long it must stay healthy without a break before its restarts are forgotten. */
  readonly within: number
  /** The pause before the first restart; each further one doubles it. */
  readonly pause: number
}

interface Restarts {
  readonly left: () => number
  /** Takes one restart and says how long to pause before it; null where none is left. */
  readonly take: () => number | null
  /** The bot has been healthy so long, at a stretch. */
  readonly healthy: (duration: number) => void
}

/** No pause is longer, in milliseconds. */
const longestPause = 60_000

/**
 * Counts restarts. They are forgotten only by a stretch of health, never by time alone or by one sign of life: a loop of
 * crashes that beats once in between comes to its end all the same.
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
