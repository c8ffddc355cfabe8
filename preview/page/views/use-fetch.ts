import { useEffect, useState } from 'react'

/** What a question gave so far: nothing yet, a value, or the sentence that says why there is none. */
interface FetchState<T> {
  readonly value?: T
  readonly wrong?: string
}

/** Asks, and asks again every so many milliseconds where that is given; a value that was had stays when asking fails. */
export function useFetch<T>(ask: () => Promise<T>, again?: number): FetchState<T> {
  const [asked, setAsked] = useState<FetchState<T>>({})
  useEffect(() => {
    let wanted = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const once = async () => {
      try {
        const value = await ask()
        if (wanted) setAsked({ value })
      } catch (error) {
        if (wanted)
          setAsked(({ value }) => ({ ...(value === undefined ? {} : { value }), wrong: (error as Error).message }))
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
