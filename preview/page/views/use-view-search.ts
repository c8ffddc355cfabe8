import { useLocation } from 'react-router-dom'

/** The current selections as the search part of an address: the time range, the refresh and the variables. */
export function useViewSearch(): string {
  const { search } = useLocation()
  const chosen = [...new URLSearchParams(search)].filter(([name]) => /^(?:from|to|refresh|timezone|var-.+)$/.test(name))
  return chosen.length === 0 ? '' : `?${new URLSearchParams(chosen)}`
}
