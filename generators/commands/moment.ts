/** A time of day in a time zone and in UTC: `2026-11-30 18:02 Asia/Seoul (2026-11-30 09:02 UTC)`. */
export function momentText(moment: Date, timeZone: string): string {
  const utc = `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  // Swedish dates are ISO dates
  const here = moment.toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return `${here} UTC` === utc ? utc : `${here} ${timeZone} (${utc})`
}

/** The time zone of this machine. */
export const localTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone
