import { type Defect, defect } from './defect.ts'

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9
type Small = 'ms' | 's' | 'm' | 'h' | 'd' | 'w' | 'y'
// `${bigint}` also accepts '-5' and '0x5'. A placeholder followed by another matches only one character, so `${bigint}${string}`
// means "begins with a digit" and needs only one pattern: comparing hundreds of them is slow.
type Begins = `${bigint}${string}`
type BeginsWithTwo = `${bigint}${bigint}${string}`
type Two = `${bigint}w${bigint}d` | `${bigint}d${bigint}h` | `${bigint}h${bigint}m` | `${bigint}m${bigint}s`

/** A Prometheus duration of one or two units, such as '5m' or '1h30m'. */
export type Duration = `${Digit}${Small}` | (BeginsWithTwo & `${bigint}${Small}`) | (Begins & Two)

/** The window that Grafana adapts to a panel's zoom; refused in rules. */
export const auto = '$__rate_interval'
export type Window = Duration | typeof auto

const shape = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/
const sizes = [31_536_000_000, 604_800_000, 86_400_000, 3_600_000, 60_000, 1000, 1] as const

/** A duration in milliseconds; null if the text is not a duration. */
export function milliseconds(text: string): number | null {
  const found = shape.exec(text)
  if (found === null || text === '') return null
  return sizes.reduce((sum, size, i) => sum + Number(found[i + 1] ?? 0) * size, 0)
}

/** A duration in seconds; 0 without one, or if the text is not a duration. */
export const inSeconds = (text: string | null): number => (milliseconds(text ?? '') ?? 0) / 1000

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const

/** Formats milliseconds as the shortest Prometheus duration: 5400000 becomes '1h30m'. */
export function durationText(millis: number): string {
  if (millis === 0) return '0s'
  let rest = millis
  let text = ''
  for (const [word, size] of units) {
    const whole = Math.floor(rest / size)
    if (whole > 0) text += `${whole}${word}`
    rest -= whole * size
  }
  return text
}

/** The defects of a duration in a definition; empty if it is valid. */
export function durationDefects(text: string, of: string, least = 1): Defect[] {
  if (text === auto) return []
  const value = milliseconds(text)
  if (value === null)
    return [
      defect(
        'duration',
        `${of}: '${text}' is not a duration`,
        "write whole numbers with units, largest first, such as '5m' or '1h30m'",
      ),
    ]
  return value < least
    ? [defect('duration', `${of}: '${text}' is zero, expected a longer duration`, 'use a duration above zero')]
    : []
}
