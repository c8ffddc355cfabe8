/** Seconds on a clock that never steps back. */
export const now = (): number => performance.now() / 1000

/** How late a tick may be before the relay takes itself to have been suspended, in seconds. */
const suspendedAfter = 30

/** Tells whether this process, or the whole machine, was stopped for a while: nothing that it knew before is certain then. */
export interface SuspensionWatch {
  /** Call it at each tick, and before anything that relies on what was known; true if the process has just been woken. */
  woke(): boolean
}

/** Watches both clocks: a stopped process shows on the monotonic one, a suspended machine only on the wall clock. */
export function suspensionWatch(): SuspensionWatch {
  let [monotonic, wall] = [now(), Date.now() / 1000]
  return {
    woke: () => {
      const [nowMonotonic, nowWall] = [now(), Date.now() / 1000]
      const gone = Math.max(nowMonotonic - monotonic, nowWall - wall)
      ;[monotonic, wall] = [nowMonotonic, nowWall]
      return gone > suspendedAfter
    },
  }
}

/** Resolves after this many seconds. */
export const pause = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000))
