import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anchoredRegex, regexError } from '../../generators/promql/regex.ts'
import { prometheusWith } from './prometheus.ts'
import { type Chance, chance } from './random-text.ts'

// BOTWATCH_REGEX_CASES is the number of cases (default 1500, 15000 in the long tier), BOTWATCH_REGEX_SEED the seed.
const cases = Number(process.env['BOTWATCH_REGEX_CASES'] ?? 1500)
const seed = Number(process.env['BOTWATCH_REGEX_SEED'] ?? 1)

test('regular expressions are accepted, rejected and matched as in Prometheus', async (t) => {
  const prometheus = await prometheusWith(t)
  if (!prometheus) return
  const c = chance(seed)
  const texts = [...new Set([...known, ...Array.from({ length: cases }, () => randomRegex(c, 3))])]
  const faults: string[] = []
  let [valid, refused, asked] = [0, 0, 0]
  for (const source of texts) {
    const real = await prometheus.parse(`x{a=~${JSON.stringify(source)}}`)
    const mistake = regexError(source)
    const isReal = typeof real !== 'string' || /at least one non-empty matcher/.test(real)
    if (isReal !== (mistake === null)) faults.push(`${source}: ${isReal ? mistake : `taken, and ${real}`}`)
    if (!isReal) refused += 1
    if (!isReal || mistake !== null) continue
    valid += 1
    const regex = anchoredRegex(source)
    if (regex === null) continue
    // an unclosed \Q also quotes the end of the anchor
    if (/\\Q(?!.*\\E)/s.test(source)) continue
    asked += 1
    const found = await prometheus.query(values.map((value) => hitsOf(source, value)).join(' or '), 0)
    const hits = new Set(found.flatMap(({ labels }) => (labels['hit'] === 'y' ? [labels['s']] : [])))
    for (const value of values)
      if (hits.has(value) !== regex.test(value))
        faults.push(`${source} ${hits.has(value) ? 'takes' : 'does not take'} ${JSON.stringify(value)}`)
  }
  t.diagnostic(
    `${texts.length} expressions, ${refused} of them rejected, ${asked} of ${valid} tried on ${values.length} values`,
  )
  assert.deepEqual(faults, [])
  assert.ok(refused > texts.length / 8 && asked > texts.length / 3, 'too few of a kind to prove anything')
})

const values = ['a', 'A', 'ab', 'abab', 'b.c', 'x-1', '7', ' ', '\n', 'ü', 'a\nb', ']', '^', '$', '{2}', '(', '_', 'K']
const hitsOf = (source: string, value: string) =>
  `label_replace(label_replace(vector(1), "s", ${JSON.stringify(value.replaceAll('$', '$$$$'))}, "", ""), "hit", "y", "s", ${JSON.stringify(source)})`

/** Expressions that people write, and ones that RE2 reads in its own way. */
const known = [
  ...[
    '[]a]',
    '[^]a]+',
    '[]',
    '[^]',
    '[a',
    '[z-a]',
    '[a-\\d]',
    '[\\d-z]',
    '[a-]',
    '[-a]',
    '[\\]]',
    '[[:alpha:]]+',
    '[[:nope:]]',
  ],
  ...['[[:^alpha:]]', '[:alpha:]', '[\\q]', '[\\b]', '[[a]', '[a&&b]', '[^\\W]', '[\\S]', '\\S', '\\s'],
  ...[
    '\\p{Greek}',
    '\\pL+',
    '\\PL',
    '\\p{^L}',
    '\\p{Nope}',
    '\\p',
    '\\p{L',
    '\\x41',
    '\\x{41}',
    '\\x4',
    '\\x{110000}',
    '\\101',
  ],
  ...[
    '\\1',
    '\\18',
    '\\8',
    '(a)\\1',
    '\\u0041',
    '\\cA',
    '\\k<x>',
    '\\_',
    '\\-',
    '\\e',
    '\\ü',
    '\\',
    '\\Qa.b',
    '\\Qa|b\\E+',
    '\\E',
    '\\C',
    '\\Z',
    '\\G',
  ],
  ...[
    'a**',
    'a+*',
    'a+?',
    'a??',
    'a???',
    'a{2}{3}',
    'a{2}*',
    '^*',
    '\\b+',
    '(|a)*',
    '*a',
    'a|*',
    '(*)',
    '(?i)*',
    'a(?i)*',
  ],
  ...[
    'a{',
    'a{,2}',
    'a{2',
    'a{2,1}',
    'a{01}',
    'a{1001}',
    'a{1000}',
    '(a{100}){100}',
    '(a{10}){100}',
    '((a{2}b{500}){2}){2}',
    '}',
    ']',
    ')',
    '(',
  ],
  ...[
    '(?i)a',
    'b(?i)a',
    '(?i:a)b',
    '(?s).',
    '(?-s).',
    '(?-s:.)|.',
    '(?m)^a$',
    'a(?m:$)\\nb',
    '(?U)a+',
    '(?x)a',
    '(?',
    '(?:',
    '(?)',
    '(?-)',
    '(?i-)',
    '(?i-s:.)',
  ],
  ...[
    '(?P<x>a)',
    '(?<x>a)',
    '(?<1>a)',
    '(?P<x>a)(?P<x>b)',
    '(?P=x)',
    '(?=a)',
    '(?!a)',
    '(?<=a)',
    '(?<!a)',
    '(?<>a)',
    '(?<x',
    '()',
    '(?:)',
    '|',
    'a||b',
    '^$',
    'a$|^b',
    '.',
    '\\.',
  ],
]

function randomRegex(c: Chance, depth: number): string {
  if (c.maybe(0.08)) return c.pick(known)
  const one = (): string =>
    depth <= 0 || c.maybe(0.5)
      ? c.pick([
          'a',
          'b',
          'A',
          '.',
          'x-',
          '1',
          '^',
          '$',
          '\\.',
          '\\d',
          '\\w',
          '\\s',
          '\\W',
          '\\b',
          '\\B',
          'ü',
          '{',
          ']',
          '-',
        ])
      : c.pick([
          () => `(${randomRegex(c, depth - 1)})`,
          () => `(?:${randomRegex(c, depth - 1)})`,
          () => `${c.pick(['(?i)', '(?s:', '(?-s:', '(?m:', '(?P<n>', '(?x:', '('])}${randomRegex(c, depth - 1)})`,
          () =>
            `[${c.pick(['', '^'])}${Array.from({ length: c.pick([1, 2, 3]) }, () => c.pick(['a', 'b-d', 'A', '\\d', '\\W', ']', '-', '^', '\\]', '[:digit:]', '\\pL', '.', '\\', '&&'])).join('')}]`,
          () => `${randomRegex(c, 0)}${c.pick(['*', '+', '?', '{2}', '{1,2}', '{0}', '{2,}', '*?', '{,3}', '**'])}`,
          () => `${randomRegex(c, depth - 1)}|${randomRegex(c, depth - 1)}`,
        ])()
  return Array.from({ length: c.pick([1, 1, 1, 2, 3]) }, one).join('')
}
