import { dateMath, toUtc } from '@grafana/data'

/** A search part in which times as people write them, such as `2026-11-29T23:30:00Z`, are as the libraries read and write them. */
export function readableTimes(search: string): string {
  const parameters = new URLSearchParams(search)
  const times = ['from', 'to'].flatMap((name) => {
    const given = parameters.get(name) ?? ''
    const time = timeOf(given)
    return time === null || time === given ? [] : [[name, time] as const]
  })
  if (times.length === 0) return search
  for (const [name, time] of times) parameters.set(name, time)
  return `?${parameters}`
}

/** A sentence for each time that is none, or that the libraries would read as another one. */
export const unreadableTimes = (search: string): readonly string[] =>
  ['from', 'to'].flatMap((name) => {
    const given = new URLSearchParams(search).get(name)
    if (given === null || isRead(given)) return []
    const why = /^\d{9,10}$/.test(given)
      ? `is in Unix seconds, and is read as milliseconds: write ${given}000`
      : 'is not a time: write now-6h, 2026-11-29T23:30:00Z or Unix milliseconds'
    return [`${name}=${given} in the address ${why}.`]
  })

/** Whether the libraries read a text as what it says. */
function isRead(text: string): boolean {
  if (text.startsWith('now')) return dateMath.isValid(text)
  if (/^\d{8}$/.test(text)) return toUtc(text, 'YYYYMMDD').isValid()
  if (/^\d{8}T\d{6}$/.test(text)) return toUtc(text, 'YYYYMMDDTHHmmss').isValid()
  // Unix milliseconds from 1973 to 5138.
  return /^\d{12,14}$/.test(text) || timeOf(text) !== null
}

/** A sentence for each variable in the address that no dashboard has. */
export function unknownVariables(search: string, known: readonly string[]): readonly string[] {
  const all = [...new Set(known)].sort()
  return [...new URLSearchParams(search)].flatMap(([key, value]) => {
    const [, name = ''] = /^var-(.*)$/.exec(key) ?? []
    if (!key.startsWith('var-') || all.includes(name)) return []
    const others = all.length === 0 ? 'variables' : `variable ${name}, only ${all.join(', ')}`
    return [`${key}=${value} in the address selects nothing: the dashboards have no ${others}.`]
  })
}

/** A date with or without a time of day, in the one ISO notation that the libraries know; null for every other text. */
function timeOf(text: string): string | null {
  const [day] = /^\d{4}-\d\d-\d\d/.exec(text) ?? []
  const at = day !== undefined && toUtc(day, 'YYYY-MM-DD').isValid() ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

/** A path as it was typed, also one that encodes nothing. */
export function readablePath(pathname: string): string {
  try {
    return decodeURI(pathname)
  } catch {
    return pathname
  }
}
