import type { Matcher, Matching, MatchOp, Node } from '../../definitions/language/node.ts'
import { fail, type ParseState, sourceText, withSpan } from './parse-state.ts'
import { unquote } from './string-text.ts'
import { child, type Syntax } from './syntax.ts'

/** A selector without window, offset and `@`. */
export function readSelector(r: ParseState, at: Syntax): Node {
  const name = child(at, 'Identifier')
  if (name !== null && sourceText(r, name).toLowerCase() === 'atan2')
    fail(r, name, 'atan2 is an operator, not a metric name')
  const list = child(at, 'LabelMatchers')
  const matchers = list === null ? [] : list.children.map((part) => readMatcher(r, part))
  const names = matchers.filter((m) => m.label === '__name__')
  if (name !== null && names.length > 0)
    fail(r, at, `the metric name is set twice: ${sourceText(r, name)} and ${names[0]?.value}`, twiceNamed(list))
  // a single __name__ matcher is the same as the name before the braces
  const [only] = names
  const inside = name === null && names.length === 1 && only?.op === '=' && only.value !== '' ? only : null
  return withSpan(
    r,
    {
      kind: 'selector',
      name: inside?.value ?? (name === null ? '' : sourceText(r, name)),
      matchers: Object.freeze(inside === null ? matchers : matchers.filter((m) => m !== inside)),
      range: null,
      offset: null,
      at: null,
    },
    at,
  )
}

/** Several values of a label are often written in a row, but a string on its own is a metric name. */
function twiceNamed(list: Syntax | null): string {
  const [first] = list?.children ?? []
  return list?.children.at(-1)?.name === 'QuotedLabelName' && first?.name !== 'QuotedLabelName'
    ? 'remove one, or match several values of a label with =~"one|other"'
    : 'remove one'
}

function readMatcher(r: ParseState, at: Syntax): Matcher {
  if (at.name === 'QuotedLabelName') return Object.freeze({ label: '__name__', op: '=', value: readString(r, at) })
  const [label, op, value] = at.children as [Syntax, Syntax, Syntax]
  return Object.freeze({ label: readLabel(r, label), op: sourceText(r, op) as MatchOp, value: readString(r, value) })
}

/** `on (a, b) group_left (c)`. */
export function readMatching(r: ParseState, at: Syntax): Matching {
  const lists = at.children.filter(({ name }) => name === 'GroupingLabels')
  const group = child(at, 'GroupLeft') !== null ? 'left' : child(at, 'GroupRight') !== null ? 'right' : null
  const word = child(at, 'On') !== null ? 'on' : 'ignoring'
  return Object.freeze({ word, labels: readLabels(r, lists[0]), group, include: readLabels(r, lists[1]) })
}

/** A list of labels between parentheses, sorted. */
export function readLabels(r: ParseState, at: Syntax | null | undefined): readonly string[] {
  const listed = at?.children ?? []
  for (const label of listed)
    if (/^(inf|nan|without)$/i.test(sourceText(r, label)))
      fail(r, label, `${sourceText(r, label)} is not a valid label name here`, 'put it in quotes')
    // this character replaced invalid UTF-8
    else if (label.name === 'QuotedLabelName' && /^$|\ufffd/.test(readString(r, label)))
      fail(r, label, `${sourceText(r, label)} is not a valid label name`)
  return Object.freeze(listed.map((label) => readLabel(r, label)).sort())
}

const readLabel = (r: ParseState, at: Syntax): string =>
  at.name === 'QuotedLabelName' ? readString(r, at) : sourceText(r, at)

/** The value of a string between its quotes. */
export const readString = (r: ParseState, at: Syntax): string => unquote(sourceText(r, at)) ?? ''
