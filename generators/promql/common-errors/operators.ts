import { type CommonError, outside } from './common-error.ts'

const operator = (find: RegExp, right: string): CommonError => ({
  find,
  inside: outside,
  say: ([given]) => [`PromQL has no ${given} operator`, `use ${right}`],
})

/** Characters that a word processor inserts, and what is meant. */
const typed: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '‘': "'",
  '’': "'",
  '≥': '>=',
  '≤': '<=',
  '≠': '!=',
  '×': '*',
  '÷': '/',
  '–': '-',
  '—': '-',
  '−': '-',
}

/** Operators of other languages, and characters that look like operators. */
export const operatorErrors: readonly CommonError[] = [
  operator(/=>/g, '>='),
  operator(/=</g, '<='),
  operator(/<>/g, '!='),
  operator(/===/g, '=='),
  operator(/!==/g, '!='),
  operator(/&&?/g, '`and`'),
  operator(/\|\|?/g, '`or`'),
  operator(/\*\*/g, '^ for powers'),
  operator(/\bmod\b/gi, '%'),
  {
    find: /!(?![=~])|\bnot\s+\w+/gi,
    inside: outside,
    say: ([given]) => [
      `PromQL has no \`${given.split(/\s/)[0]}\` operator`,
      'compare with == 0, or exclude series with `unless`',
    ],
  },
  {
    find: /(?<![=!<>~+*/-])=(?![=~<>])/g,
    inside: outside,
    say: () => ['= is only valid inside braces', 'use == to compare'],
  },
  {
    find: /[=!]?~/g,
    inside: outside,
    say: ([given]) => [`${given} is only valid inside braces`, 'write it as a matcher, such as {label=~"…"}'],
  },
  {
    find: /[+*/-]=/g,
    inside: outside,
    say: ([given]) => [`PromQL has no ${given} operator`, `use ${given[0]} or ==`],
  },
  {
    find: /%\s*$/g,
    inside: outside,
    say: () => ['% is the modulo operator, not percent', 'write the number without it'],
  },
  {
    find: /\?/g,
    inside: outside,
    say: () => ['PromQL has no ? operator', 'filter each case with a comparison, and join the cases with `or`'],
  },
  {
    find: /(?<=\b(?:and|or|unless)\s+)(?:[<>]=?|[=!]=)/gi,
    inside: outside,
    say: ([given]) => [`missing left side before ${given}`, 'repeat the left side'],
  },
  {
    find: /[“”„‘’≥≤≠×÷–—−]/g,
    inside: null,
    say: ([given]) => [`${given} is not a PromQL character`, `use ${typed[given]}`],
  },
  { find: /\/\/.*|\/\*.*/g, inside: null, say: () => ['comments begin with #', 'write # here'] },
]
