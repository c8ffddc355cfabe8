/** How the watchdog knows that the bot lives; times in milliseconds. */
export type Liveness =
  | { readonly by: 'ipc' }
  /** Asks an address such as `http://127.0.0.1:8000/healthz` every so often: an answer of 200 to 299 is a sign of life. */
  | { readonly by: 'http'; readonly url: string; readonly every: number }

/** Asks for signs of life until it is ended; a bot that beats by itself is not asked. */
export function ask(liveness: Liveness, beat: () => void, unwell: () => void): () => void {
  if (liveness.by === 'ipc') return () => {}
  const { url, every } = liveness
  let asking: AbortController | null = null
  const look = async (): Promise<void> => {
    if (asking !== null) return
    const question = new AbortController()
    asking = question
    const tooLate = setTimeout(() => question.abort(), Math.max(every, 1000))
    try {
      const response = await fetch(url, { signal: question.signal })
      await response.body?.cancel()
      if (response.ok) beat()
      else unwell()
    } catch {
      // Ended, no answer is one.
      if (!ended) unwell()
    } finally {
      clearTimeout(tooLate)
      asking = null
    }
  }
  let ended = false
  const timer = setInterval(look, every)
  return () => {
    ended = true
    clearInterval(timer)
    asking?.abort()
  }
}
