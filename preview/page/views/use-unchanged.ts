import { useMemo } from 'react'

/** The same object as before while its content is the same; it is plain data. */
export function useUnchanged<T>(value: T): T {
  const text = JSON.stringify(value)
  return useMemo(() => JSON.parse(text) as T, [text])
}
