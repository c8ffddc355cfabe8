import type { Chance } from './random-text.ts'

/** A text with one mutation, most often invalid: a character or a word removed, doubled, replaced or inserted. */
export function mutate(c: Chance, text: string): string {
  const words = text.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|[\w.:]+|\s+|./gsu) ?? []
  const at = Math.floor(c.random() * words.length)
  const other = Math.floor(c.random() * words.length)
  const word = words[at] ?? ''
  const letter = Math.floor(c.random() * word.length)
  const strange = [
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ',',
    ':',
    '"',
    "'",
    '`',
    '\\',
    '=',
    '=~',
    '!',
    '@',
    '^',
    '+',
    '5m',
    '5',
    '1.',
    '0x',
    '0xee',
    '0x1e',
    'e',
    'by',
    'on',
    'bool',
    'offset',
    'group_left',
    'sum',
    'and',
    'x',
    '$',
    '€',
    '#',
    ';',
    '..',
    '5mm',
    '1h5',
    '-',
    '~',
    '[5m]',
    '[5m:]',
    'rate',
    '"a"',
    '()',
    '__name__="y"',
  ]
  const put = (...made: readonly string[]) => [...words.slice(0, at), ...made, ...words.slice(at + 1)].join('')
  return c.pick([
    () => put(),
    () => put(word, word),
    () => put(word, c.pick(strange)),
    () => put(c.pick(strange)),
    () => put(words[other] ?? ''),
    () => put(word.slice(0, letter) + word.slice(letter + 1)),
    () => put(word.slice(0, letter) + c.pick(strange) + word.slice(letter)),
    () => text.slice(0, Math.floor(c.random() * text.length)),
  ])()
}
