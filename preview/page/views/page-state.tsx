import { css, cx } from '@emotion/css'
import { useContext, useSyncExternalStore } from 'react'
import { ageText, useNow } from '../scene/age.ts'
import { trouble } from '../scene/announcements.ts'
import { OldAfterContext } from '../scene/old.ts'
import { type PageReport, ReportsContext } from '../scene/reports.ts'
import { theme } from '../theme.ts'
import { Announcer } from './announcer.tsx'
import { useDocumentTitle } from './document-title.ts'
import { Sentence } from './sentence.tsx'

/** What concerns a dashboard as a whole: how old its data is, and what is wrong with most of its panels; its tab says so, too. */
export function PageState({ title }: { readonly title: string }) {
  const reports = useContext(ReportsContext)
  const page = useSyncExternalStore(reports.subscribe, reports.page)
  const now = useNow()
  const limit = useContext(OldAfterContext)
  const { oldest } = page
  const old = oldest !== null && now - oldest > limit()
  useDocumentTitle(title, page.cause !== null ? 'No new data' : old ? 'Old data' : trouble(page.states))
  return (
    <>
      <p className={cx(styles.age, old && styles.old)} data-age={old ? 'old' : 'new'}>
        {oldest === null ? 'no data yet' : ageText(oldest, now)}
      </p>
      {sentencesOf(page).map((text) => (
        <Sentence key={text} text={text} announced={false} />
      ))}
      <Announcer title={title} old={old} />
    </>
  )
}

/** One sentence for each reason, however many panels it concerns. */
function sentencesOf({ cause, panels, marks }: PageReport): readonly string[] {
  const sharesCause = marks !== null && marks.words === cause?.words
  const concerned =
    cause?.panels === 0 ? 'The panels show what they had' : `${cause?.panels} of ${panels} panels have no new data`
  return [
    ...(cause === null
      ? []
      : [`${cause.words.replace(/[^.!?]$/, '$&.')} ${concerned}${sharesCause ? ', and alerts are not marked' : ''}.`]),
    ...(marks === null || sharesCause
      ? []
      : [`${marks.some ? 'Alerts may be missing' : 'Alerts are not marked'} in the curves: ${marks.words}`]),
  ]
}

const styles = {
  age: css({ margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  old: css({ color: theme.colors.error.text }),
}
