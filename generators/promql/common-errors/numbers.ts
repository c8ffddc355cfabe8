import { type CommonError, outside } from './common-error.ts'

const lengths: readonly (readonly [RegExp, string])[] = [
  [/^(ms|msec|millis?|milliseconds?)$/i, 'ms'],
  [/^(s|secs?|seconds?)$/i, 's'],
  [/^(m|mins?|minutes?)$/i, 'm'],
  [/^(h|hrs?|hours?)$/i, 'h'],
  [/^(d|days?)$/i, 'd'],
  [/^(w|wks?|weeks?)$/i, 'w'],
  [/^(y|yrs?|years?)$/i, 'y'],
]
const unitOf = (word: string): string => lengths.find(([words]) => words.test(word))?.[1] ?? 'm'
const unit =
  '(?:ms|msec|millis|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|y|yrs?|years?)'

const thousands: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4 }
const sizeOf = (count: string, prefix: string, base: number): number =>
  Number((Number(count) * base ** (thousands[prefix.toLowerCase()] ?? 0)).toPrecision(15))

/** Numbers and durations as other languages write them. */
export const numberErrors: readonly CommonError[] = [
  {
    find: new RegExp(`(\\d+)\\s+(${unit})\\b`, 'gi'),
    inside: ['['],
    say: ([given, count, word = '']) => [`${given} is not a duration`, `write ${count}${unitOf(word)}`],
  },
  {
    find: new RegExp(`(\\d+)(?!(?:ms|[smhdwy])\\b)(${unit})\\b`, 'gi'),
    inside: null,
    say: ([given, count, word = '']) => [`${given} is not a duration`, `write ${count}${unitOf(word)}`],
  },
  {
    find: /\d+\.\d+(?:ms|[smhdwy])\b/g,
    inside: null,
    say: ([given]) => [`${given} is not a duration: fractions are not allowed`, 'use whole units, such as 1h30m'],
  },
  {
    find: /\[\s*\]/g,
    inside: ['['],
    say: () => ['missing window between the brackets', 'write one, such as [5m]'],
  },
  { find: /\b[a-zA-Z]\w*/g, inside: ['['], say: ([given]) => [`${given} is not a duration`, 'write one, such as 5m'] },
  {
    find: /(\d+(?:\.\d+)?)([kKMGT])(i?)[bB]?\b/g,
    inside: outside,
    say: ([given, count = '', prefix = '', binary]) => [
      `${given} is not a number, and PromQL has no unit prefixes`,
      `write ${sizeOf(count, prefix, binary === 'i' ? 1024 : 1000)}`,
    ],
  },
  {
    find: /\d{1,3}(?:,\d{3})+\b/g,
    inside: outside,
    say: ([given]) => [`${given} is not a number: commas separate arguments`, `write ${given.replaceAll(',', '')}`],
  },
  {
    find: /(?<=\boffset\s+)["'][^"']+["']/gi,
    inside: outside,
    say: () => ['durations are written without quotes', 'remove the quotes'],
  },
  {
    find: /(?<=@\s*)(?:now|start|end)\b(?:\(\))?/gi,
    inside: outside,
    say: ([given]) => [`${given} is not a timestamp`, 'use seconds since 1970, start() or end()'],
  },
]
