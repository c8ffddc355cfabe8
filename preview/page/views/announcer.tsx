import { useContext, useEffect, useRef, useState } from 'react'
import { hidden } from '../hidden.tsx'
import { type AnnouncedState, announcement, nextAnnounced } from '../scene/announcements.ts'
import { ReportsContext } from '../scene/reports.ts'

/** The panels of a dashboard change one after the other: milliseconds without a change before it is said. */
const quiet = 1000

interface AnnouncerProps {
  readonly title: string
  readonly old: boolean
}

/** Says to a screen reader what changes on a dashboard, once for all that changes together. */
export function Announcer({ title, old }: AnnouncerProps) {
  const reports = useContext(ReportsContext)
  const [text, setText] = useState('')
  const said = useRef<AnnouncedState | null>(null)
  useEffect(() => {
    let pending = ''
    let timer: ReturnType<typeof setTimeout> | undefined
    const say = () => {
      const now = nextAnnounced(reports.page(), old, said.current)
      if (now === null) return
      const next = announcement(title, said.current, now)
      said.current = now
      if (next !== '') setText(next)
    }
    const changed = () => {
      const { cause, states } = reports.page()
      const key = JSON.stringify([cause?.words, ...states])
      if (key === pending) return
      pending = key
      clearTimeout(timer)
      timer = setTimeout(say, quiet)
    }
    changed()
    const leave = reports.subscribe(changed)
    return () => {
      leave()
      clearTimeout(timer)
    }
  }, [reports, title, old])
  return (
    <p className={hidden} role="status">
      {text}
    </p>
  )
}
