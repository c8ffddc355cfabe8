import { dateTimeFormat } from '@grafana/data'
import { useEffect, useState } from 'react'

/** The time now, in Unix milliseconds, once a second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** A time and its age: `as of 16:20:05, 12 s ago`. */
export function ageText(at: number, now: number, timeZone?: string): string {
  const clock = dateTimeFormat(at, { format: 'HH:mm:ss', ...(timeZone === undefined ? {} : { timeZone }) })
  const seconds = Math.round((now - at) / 1000)
  // A clock that was set back says nothing about the age.
  if (seconds < -1) return `as of ${clock}, ahead of the clock`
  if (seconds < 1) return `as of ${clock}, now`
  return `as of ${clock}, ${seconds < 120 ? `${seconds} s` : seconds < 7200 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`} ago`
}
