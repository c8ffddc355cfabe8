/** How the watchdog detects that the bot is alive; times in milliseconds. */
export type Liveness =
  | { readonly by: 'ipc' }
  /** Polls a URL such as `http://127.0.0.1:8000/healthz`; a status of 200 to 299 counts as a heartbeat. */
  | { readonly by: 'http'; readonly url: string; readonly every: number }

/** Polls the bot until the returned function is called; a bot that sends heartbeats over IPC is not polled. */
export function watchLiveness(liveness: Liveness, beat: () => void, unwell: () => void): () => void {
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
      // After the end, an aborted request is not a failure.
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
