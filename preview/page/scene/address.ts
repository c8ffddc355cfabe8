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

/** What is given as a time but is none. */
export const unreadableTimes = (search: string): readonly string[] =>
  ['from', 'to'].flatMap((name) => {
    const given = new URLSearchParams(search).get(name)
    const isRead = given === null || given.startsWith('now') || /^\d{8}(?:T\d{6})?$|^\d{10,}$/.test(given)
    return isRead || timeOf(given) !== null ? [] : [`${name}=${given}`]
  })

/** A date with or without a time of day, in the one ISO notation that the libraries know; null for every other text. */
function timeOf(text: string): string | null {
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}
