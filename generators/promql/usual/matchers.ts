import type { Usual } from './usual.ts'

const inBraces = (find: RegExp, say: Usual['say']): Usual => ({ find, inside: ['{'], say })
const operator = (find: RegExp, right: string): Usual =>
  inBraces(find, ([, label, given]) => [`${given} is no operator between braces`, `write ${label}${right}"…"`])

/** Mistakes between the braces of a selector. */
export const matchers: readonly Usual[] = [
  operator(/(\w+)\s*(==|:)\s*(?=["'`\w])/g, '='),
  operator(/(\w+)\s*(~=|=\s+~|~)\s*(?=["'`\w])/g, '=~'),
  operator(/(\w+)\s*(<>|!\s+=)\s*(?=["'`\w])/g, '!='),
  inBraces(/(\w+)\s*(>=?|<=?)/g, ([, label, given]) => [
    `${label} is text, and ${given} is no operator between braces`,
    `ask by a pattern, such as ${label}=~"5.."`,
  ]),
  inBraces(/(\w+)\s+(not\s+)?in\s*\([^)}]*\)?/gi, ([, label, not]) => [
    'in is no operator between braces',
    `write ${label}${not === undefined ? '=~' : '!~'}"one|other"`,
  ]),
  inBraces(/(\w+)\s+(not\s+)?like\b/gi, ([, label, not]) => [
    'like is no operator between braces',
    `write ${label}${not === undefined ? '=~' : '!~'}".*…"`,
  ]),
  inBraces(/\bor\b|\|\|?/gi, ([given]) => [
    `${given} is no operator between braces, where all matchers have to hold`,
    'ask for several values of a label by =~"one|other"',
  ]),
  inBraces(/\band\b|&&?|;/gi, ([given]) => [`${given} does not stand between matchers`, 'write a comma']),
  inBraces(/(\w+)\s*(=~|!~|!=|=)\s*([\w./-]+)/g, ([, label, op, value]) => [
    `the value of ${label} is not in quotes`,
    `write ${label}${op}"${value}"`,
  ]),
  inBraces(/(?<=["'`]\s*)\w+(?=\s*[=!])/g, ([given]) => [`a comma is missing before ${given}`, 'write one']),
  inBraces(/,\s*,/g, () => ['there is a comma too many', 'leave one out']),
  inBraces(/\w+(?:[-.]\w+)+/g, ([given]) => [
    `${given} is no name without quotes: it has letters other than a to z, 0 to 9 and _`,
    `write "${given}"`,
  ]),
  inBraces(/\[/g, () => ['a window stands behind the braces', 'write } before it']),
]
