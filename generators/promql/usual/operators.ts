import { outside, type Usual } from './usual.ts'

const operator = (find: RegExp, right: string): Usual => ({
  find,
  inside: outside,
  say: ([given]) => [`${given} is no operator`, `write ${right}`],
})

/** Letters that a word processor writes, and what is meant. */
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

/** Operators of other languages, and letters that look like operators. */
export const operators: readonly Usual[] = [
  operator(/=>/g, '>='),
  operator(/=</g, '<='),
  operator(/<>/g, '!='),
  operator(/===/g, '=='),
  operator(/!==/g, '!='),
  operator(/&&?/g, 'and'),
  operator(/\|\|?/g, 'or'),
  operator(/\*\*/g, '^ for a power'),
  operator(/\bmod\b/gi, '%'),
  {
    find: /!(?![=~])|\bnot\s+\w+/gi,
    inside: outside,
    say: ([given]) => [
      `${given.split(/\s/)[0]} is no operator`,
      'write == 0 where it is a number, or unless behind what is left',
    ],
  },
  {
    find: /(?<![=!<>~+*/-])=(?![=~<>])/g,
    inside: outside,
    say: () => ['= stands between braces only', 'write == to compare'],
  },
  {
    find: /[=!]?~/g,
    inside: outside,
    say: ([given]) => [`${given} stands between braces only`, 'write it as a matcher, such as {label=~"…"}'],
  },
  { find: /[+*/-]=/g, inside: outside, say: ([given]) => [`${given} is no operator`, `write ${given[0]} or ==`] },
  {
    find: /%\s*$/g,
    inside: outside,
    say: () => ['% is what a division leaves over, not percent', 'write the number without it'],
  },
  {
    find: /\?/g,
    inside: outside,
    say: () => ['? is no operator', 'choose with a comparison, which leaves out what it does not hold for, and or'],
  },
  {
    find: /(?<=\b(?:and|or|unless)\s+)(?:[<>]=?|[=!]=)/gi,
    inside: outside,
    say: ([given]) => [`what is compared is missing before ${given}`, 'write it at both sides'],
  },
  {
    find: /[“”„‘’≥≤≠×÷–—−]/g,
    inside: null,
    say: ([given]) => [`${given} is no letter of PromQL`, `write ${typed[given]}`],
  },
  { find: /\/\/.*|\/\*.*/g, inside: null, say: () => ['a comment begins with #', 'write # here'] },
]
