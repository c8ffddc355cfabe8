/**
 * The metric names that a PromQL expression reads, as far as it writes them out: a name that a variable or a pattern
 * gives is left out. The text is not checked, Prometheus does that.
 */
export function metricNames(expr: string): readonly string[] {
  const withoutComments = expr.replace(new RegExp(`(${quoted})|#.*`, 'g'), (_, text?: string) => text ?? '')
  const inBraces = [...withoutComments.matchAll(named)].map(([, name = '']) => name.slice(1, -1))
  const rest = withoutComments
    .replace(new RegExp(quoted, 'g'), '""')
    // A variable is kept as part of the word that it is in.
    .replace(/\$\{[^}]*\}/g, '$')
    .replace(/\{[^{}]*\}|\[[^\]]*\]/g, ' ')
    .replace(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*\)/gi, ' ')
  const words = [...rest.matchAll(/[\w:.$]+/g)].flatMap(([word], i, all) => {
    const isCalled = /^\s*\(/.test(rest.slice((all[i]?.index ?? 0) + word.length))
    return /^[a-zA-Z_:][\w:]*$/.test(word) && !isCalled && !keywords.has(word.toLowerCase()) ? [word] : []
  })
  return [...new Set([...words, ...inBraces.filter((name) => /^[\w:]+$/.test(name))])].sort()
}

const quoted = String.raw`"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|${'`'}[^${'`'}]*${'`'}`
const named = new RegExp(String.raw`[{,]\s*"?__name__"?\s*=\s*(${quoted})`, 'g')

const keywords = new Set([
  ...['and', 'or', 'unless', 'bool', 'offset', 'by', 'without', 'on', 'ignoring', 'group_left', 'group_right'],
  ...['inf', 'nan', 'atan2'],
])
