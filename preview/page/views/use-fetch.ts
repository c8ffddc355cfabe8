import { useEffect, useState } from 'react'

/** The state of a request: nothing yet, a value, or the message that says why there is none. */
interface FetchState<T> {
  readonly value?: T
  /** When the value was fetched, in Unix milliseconds. */
  readonly at?: number
  readonly wrong?: string
}

/** Fetches, and repeats it every `again` milliseconds if given; when a request fails, the last value stays. */
export function useFetch<T>(ask: () => Promise<T>, again?: number): FetchState<T> {
  const [asked, setAsked] = useState<FetchState<T>>({})
  useEffect(() => {
    let wanted = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const once = async () => {
      try {
        const value = await ask()
        if (wanted) setAsked({ value, at: Date.now() })
      } catch (error) {
        if (wanted) setAsked(({ wrong: _, ...before }) => ({ ...before, wrong: (error as Error).message }))
      }
      if (wanted && again !== undefined) timer = setTimeout(once, again)
    }
    once()
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [ask, again])
  return asked
}
