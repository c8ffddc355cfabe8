import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readPlain } from '../../generators/text/plain-yaml.ts'
import { readWhole } from '../../generators/text/yaml.ts'

const rules = `# rules
groups:
- name: "a"
  rules:
    - alert: A # a comment makes it more than plain
      expr: x > 1
- name: b
`
const plain = [
  'a: 1\n',
  'a:\n- x\n- y: 2\n  z: |\n    one\n\n    two\nc: >-\n  a\n  b\n',
  "a: 'it''s'\nb: \"q\\\"\\n\"\nc: true\nd: ~\ne:\nf: -3\n",
  '---\n# only a comment\na: 1\n---\nb:\n  - c: x{a="b"}\n    d: y\n',
  rules.replace(/ # a comment.*/, ''),
  ...readdirSync('out/mcbot/prometheus', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yml'))
    .map((path) => readFileSync(join('out/mcbot/prometheus', path), 'utf8')),
]

test('plain YAML is read as the full parser reads it', () => {
  for (const text of plain) {
    const read = readPlain(text)
    assert.notEqual(read, null, text)
    assert.deepEqual(read, readWhole(text), text)
  }
})

test('anything more than plain is left to the full parser', () => {
  const others = [
    'a: [1]\n',
    'a: {b: 1}\n',
    'a: &x 1\n',
    'a: *x\n',
    'a: 0x10\n',
    'a: 1e3\n',
    'a: |+\n  b\n',
    '? a\n: b\n',
  ]
  const wrong = [
    'a: "b\n',
    'a: b: c\n',
    '- a\nb: c\n',
    'a:\n   b: 1\n  c: 2\n',
    'a: 1\na: 2\n',
    'a: b\n  c\n',
    '\ta: 1\n',
    '',
  ]
  for (const text of [...others, ...wrong, rules]) assert.equal(readPlain(text), null, text)
})

test('however a text is broken, the fast reader returns what the full parser returns, or nothing', () => {
  let seed = 7
  const any = (below: number) => {
    seed = (1_103_515_245 * seed + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * below)
  }
  const bits = [
    ' ',
    '- ',
    ': ',
    ':',
    '#',
    ' #',
    '"',
    "'",
    '|',
    '>',
    '&a ',
    '*a',
    '{',
    '[',
    ',',
    '\n',
    '---\n',
    '? ',
    '1.0',
    '~',
    '\\',
  ]
  let quick = 0
  for (let i = 0; i < 3000; i++) {
    const lines = (plain[any(plain.length)] as string).split('\n')
    const from = any(Math.max(1, lines.length - 6))
    let text = `${lines.slice(from, from + 4 + any(12)).join('\n')}\n`
    for (let changes = 1 + any(3); changes > 0; changes--) {
      const at = any(text.length + 1)
      const bit = any(2) === 0 ? (bits[any(bits.length)] as string) : ''
      text = text.slice(0, at) + bit + text.slice(at + any(3))
    }
    const read = readPlain(text)
    if (read === null) continue
    quick += 1
    assert.deepEqual(read, readWhole(text), JSON.stringify(text))
  }
  assert.ok(quick > 300, `${quick}`)
})
