import { useSyncExternalStore } from 'react'

// The libraries change the layout of a dashboard at the same width.
const query = matchMedia('(max-width: 768px)')

const subscribe = (changed: () => void) => {
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

/** Whether the window is as narrow as a phone. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => query.matches)
