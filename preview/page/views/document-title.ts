import { useEffect } from 'react'

/** Names the page in its tab, beginning with its state, if that is worth a word: a tab shows only the beginning. */
export function useDocumentTitle(page: string, state: string | null): void {
  useEffect(() => {
    document.title = `${state === null ? '' : `${state}: `}${page} – botwatch preview`
    return () => {
      document.title = 'botwatch preview'
    }
  }, [page, state])
}
