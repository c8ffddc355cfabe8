import { milliseconds } from '../../definitions/language/duration.ts'
import { countText } from './count-text.ts'

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
  ['millisecond', 1],
] as const

/** A duration in words: `1h30m` is `1 hour 30 minutes`; a duration given in hours stays in hours. */
export function durationWords(given: string | number): string {
  const millis = typeof given === 'number' ? given : milliseconds(given)
  if (millis === null) return String(given)
  if (typeof given === 'string' && /^\d+h$/.test(given)) return countText(millis / 3_600_000, 'hour')
  let rest = millis
  const parts: string[] = []
  for (const [word, size] of units) {
    const whole = Math.floor(rest / size)
    if (whole > 0) parts.push(countText(whole, word))
    rest -= whole * size
  }
  return parts.length === 0 ? '0 seconds' : parts.join(' ')
}

/** How often something repeats: `every hour`, `every 6 hours`. */
export const every = (given: string | number): string => `every ${durationWords(given).replace(/^1 (?=\w+$)/, '')}`
