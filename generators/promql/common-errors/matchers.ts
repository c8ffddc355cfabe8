import type { CommonError } from './common-error.ts'

const inBraces = (find: RegExp, say: CommonError['say']): CommonError => ({ find, inside: ['{'], say })
const operator = (find: RegExp, right: string): CommonError =>
  inBraces(find, ([, label, given]) => [`${given} is not a matcher operator`, `write ${label}${right}"…"`])

/** Mistakes inside the braces of a selector. */
export const matcherErrors: readonly CommonError[] = [
  operator(/(\w+)\s*(==|:)\s*(?=["'`\w])/g, '='),
  operator(/(\w+)\s*(~=|=\s+~|~)\s*(?=["'`\w])/g, '=~'),
  operator(/(\w+)\s*(<>|!\s+=)\s*(?=["'`\w])/g, '!='),
  inBraces(/(\w+)\s*(>=?|<=?)/g, ([, label, given]) => [
    `label values are strings, and ${given} is not a matcher operator`,
    `match a pattern, such as ${label}=~"5.."`,
  ]),
  inBraces(/(\w+)\s+(not\s+)?in\s*\([^)}]*\)?/gi, ([, label, not]) => [
    'in is not a matcher operator',
    `write ${label}${not === undefined ? '=~' : '!~'}"one|other"`,
  ]),
  inBraces(/(\w+)\s+(not\s+)?like\b/gi, ([, label, not]) => [
    'like is not a matcher operator',
    `write ${label}${not === undefined ? '=~' : '!~'}".*…"`,
  ]),
  inBraces(/\bor\b|\|\|?/gi, ([given]) => [
    `${given} is not allowed between matchers: all of them have to match`,
    'match several values of a label with =~"one|other"',
  ]),
  inBraces(/\band\b|&&?|;/gi, ([given]) => [`matchers are separated by commas, not by ${given}`, 'write a comma']),
  inBraces(/(\w+)\s*(=~|!~|!=|=)\s*([\w./-]+)/g, ([, label, op, value]) => [
    `the value of ${label} needs quotes`,
    `write ${label}${op}"${value}"`,
  ]),
  inBraces(/(?<=["'`]\s*)\w+(?=\s*[=!])/g, ([given]) => [`missing comma before ${given}`, 'add one']),
  inBraces(/,\s*,/g, () => ['there is one comma too many', 'remove it']),
  inBraces(/\w+(?:[-.]\w+)+/g, ([given]) => [
    `${given} needs quotes: it has characters other than letters, digits and _`,
    `write "${given}"`,
  ]),
  inBraces(/\[/g, () => ['the window comes after the braces', 'write } before it']),
]
