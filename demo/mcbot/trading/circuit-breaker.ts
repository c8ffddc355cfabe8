import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Open from a trip until somebody resets it. */
interface CircuitBreaker {
  readonly isOpen: () => boolean
  /** Opens it; false if it is open already. */
  readonly trip: () => boolean
  readonly reset: () => void
}

/** A circuit breaker that is closed at first; with a path, an open one leaves a file there, which the next process finds. */
export function createCircuitBreaker(path: string | null): CircuitBreaker {
  let open = path !== null && existsSync(path)
  let reported = false
  const keep = (change: (file: string) => void) => {
    if (path === null) return
    try {
      change(path)
    } catch (error) {
      if (!reported) console.error(`mcbot: the circuit breaker is not kept: ${(error as Error).message}`)
      reported = true
    }
  }
  return Object.freeze({
    isOpen: () => open,
    trip: () => {
      if (open) return false
      open = true
      // before anything else happens: the process may not survive what tripped it
      keep((file) => {
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, '')
      })
      return true
    },
    reset: () => {
      open = false
      keep((file) => rmSync(file, { force: true }))
    },
  })
}
