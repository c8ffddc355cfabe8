import assert from 'node:assert/strict'
import { test } from 'node:test'
import { edges, edgesOf, read, sources } from './repository.ts'
import { codeOf } from './scan.ts'

/** Where disk, network, processes, environment and clock may be used; everything else in these folders is pure. */
const impure =
  /^(generators\/(commands\/|write\/|outputs\/relay\/program(\/|-files\.ts$)|main\.ts$)|runtime\/((auth|serve|request-handler|send-exposition|hand-out|gzip|readers|mode|create-metrics|call-site)\.ts$|(process|events|watchdog|logs|status|serving|day|peak|state|restart)\/))/
const isBound = (path: string) => /^(definitions|generators|runtime)\//.test(path) && !impure.test(path)

/** Node modules used only for pure functions: hashing and argument parsing. */
const pure = new Set(['node:crypto', 'node:util'])

const ofNode = (all: typeof edges) =>
  all
    .filter(({ from, to }) => isBound(from) && to.startsWith('node:') && !pure.has(to))
    .map(({ from, to }) => `${from} imports ${to}`)

test('I6: definitions, generators and the runtime’s cells import nothing from Node', () => {
  assert.deepEqual(ofNode(edges), [])
  assert.deepEqual(
    ofNode(edgesOf('generators/outputs/prometheus/rules.ts', "import { readFileSync } from 'node:fs'")),
    ['generators/outputs/prometheus/rules.ts imports node:fs'],
  )
})

/** Globals of the outside world; a property of the same name, as in `stack.process`, does not count. */
const outside = new Set([
  'process',
  'Date',
  'performance',
  'fetch',
  'setTimeout',
  'setInterval',
  'console',
  'globalThis',
  'crypto',
  'randomUUID',
  'randomBytes',
  'randomInt',
])

function touches(path: string, text: string): readonly string[] {
  const code = codeOf(text)
  return code.flatMap((word, i) => {
    const isProperty = code[i - 1] === '.' || /^[:?]$/.test(code[i + 1] ?? '')
    const isRandom = word === 'random' && code[i - 1] === '.' && code[i - 2] === 'Math'
    return (outside.has(word) && !isProperty) || isRandom ? [`${path}: ${word}`] : []
  })
}

test('I6: they use no clock, environment or randomness', () => {
  const bound = sources.filter((path) => isBound(path))
  assert.ok(bound.length > 100)
  assert.deepEqual(
    bound.flatMap((path) => touches(path, read(path))),
    [],
  )
  assert.deepEqual(touches('x.ts', "const a = process.env['A']; const b = new Date(); const c = Math.random()"), [
    'x.ts: process',
    'x.ts: Date',
    'x.ts: random',
  ])
  assert.deepEqual(touches('x.ts', '// process\nconst a = { process: stack.process, b: "Date" }'), [])
})
