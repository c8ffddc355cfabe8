/** Takes a question's turn; rejects as the question does, or at once if Prometheus is silent. */
type InTurn = <T>(ask: () => Promise<T>) => Promise<T>

/** Whether a question was given up before any answer came. */
const isSilence = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError'

/** An error for a question that was given up. */
export const silence = (sentence: string): Error => Object.assign(new Error(sentence), { name: 'TimeoutError' })

/**
 * Asks at most so many questions at once. If nothing at all is answered for as long as a question waits, those in the
 * queue fail with the same reason, and until the next answer only one at a time is asked: many panels of a dashboard
 * then take no longer to fail than one.
 */
export function createTurns(atOnce: number): InTurn {
  const queue: { readonly begin: () => void; readonly fail: (why: unknown) => void }[] = []
  let asking = 0
  let answers = 0
  let silent: unknown = null
  return async (ask) => {
    if (silent !== null && asking > 0) throw silent
    if (asking >= atOnce) await new Promise<void>((begin, fail) => queue.push({ begin, fail }))
    else asking += 1
    const before = answers
    try {
      const answer = await ask()
      answers += 1
      silent = null
      return answer
    } catch (error) {
      if (isSilence(error) && answers === before) {
        silent = error
        for (const { fail } of queue.splice(0)) fail(error)
      }
      throw error
    } finally {
      const next = queue.shift()
      if (next === undefined) asking -= 1
      else next.begin()
    }
  }
}
