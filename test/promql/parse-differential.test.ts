import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from '../../generators/promql/parse.ts'
import { print } from '../../generators/promql/print.ts'
import { asPrometheus, reduceTree } from './as-prometheus.ts'
import { mutate } from './mutate.ts'
import { prometheusWith, type QueryServer } from './prometheus.ts'
import { chance, randomText } from './random-text.ts'

// BOTWATCH_PARSE_CASES is the number of texts of each kind (default 1500, 15000 in the long tier), BOTWATCH_PARSE_SEED the seed.
const cases = Number(process.env['BOTWATCH_PARSE_CASES'] ?? 1500)
const seed = Number(process.env['BOTWATCH_PARSE_SEED'] ?? 1)

test('we accept and reject the same texts as Prometheus, and the trees are equal', async (t) => {
  const prometheus = await prometheusWith(t)
  if (!prometheus) return
  const c = chance(seed)
  const valid = Array.from({ length: cases }, (_, i) => randomText(c, i % 4))
  const wrong = valid.map((text) => mutate(c, text))
  const compared = await compareAll(prometheus, [...valid, ...wrong])
  const refused = compared.filter((one) => one.real && !one.ours)
  const accepted = compared.filter((one) => !one.real && one.ours)
  const invalid = compared.filter((one) => !one.real).length
  const other = compared.filter((one) => one.difference !== '')
  t.diagnostic(
    `${compared.length} texts, ${invalid} of them invalid: ${refused.length} valid ones rejected, ${accepted.length} invalid ones accepted`,
  )
  for (const { text, says } of accepted) t.diagnostic(`accepted: ${JSON.stringify(text)}: ${says}`)
  assert.ok(invalid > cases / 4, 'the mutations make too few texts invalid to prove anything')
  assert.ok(compared.length - invalid > cases / 2, 'too few texts are valid to prove anything')
  assert.deepEqual(
    refused.map(({ text }) => text),
    [],
  )
  assert.deepEqual(
    other.map(({ text, difference }) => `${text}\n${difference}`),
    [],
  )
  assert.ok(accepted.length <= 0.02 * invalid, accepted.map(({ text, says }) => `${text}\n  ${says}`).join('\n'))
})

interface Compared {
  readonly text: string
  readonly real: boolean
  readonly ours: boolean
  readonly says: string
  readonly difference: string
}

async function compareAll(prometheus: QueryServer, texts: readonly string[]): Promise<readonly Compared[]> {
  const found: Compared[] = []
  let next = 0
  const worker = async () => {
    for (let i = next++; i < texts.length; i = next++) {
      const text = texts[i] as string
      if (isFaultOfOld(text)) continue
      found.push(compare(text, await prometheus.parse(text)))
    }
  }
  await Promise.all(Array.from({ length: 8 }, worker))
  return found
}

/** What Prometheus before 3.14 accepts by mistake: start() or end() before a range, and any letter in place of the colon. */
function isFaultOfOld(text: string): boolean {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|#[^\r\n]*/g, ' ')
  return /@\s*(?:start|end)\s*\(\s*\)\s*\[/i.test(bare) || /\[(?:[^\]]*[^\w\]])?[a-zA-Z_]/.test(bare)
}

function compare(text: string, answer: unknown): Compared {
  const parsed = parse(text)
  const real = typeof answer !== 'string'
  const ours = parsed.ok && parsed.flags.length === 0
  const same = { text, real, ours, says: real ? '' : answer, difference: '' }
  if (!real || !ours) return same
  const [mine, theirs] = [normal(asPrometheus(parsed.node)), normal(reduceTree(answer))]
  if (mine !== theirs) return { ...same, difference: `ours   ${mine}\ntheirs ${theirs}` }
  const printed = print(parsed.node)
  const again = parse(printed)
  const back = again.ok ? normal(asPrometheus(again.node)) : JSON.stringify(again)
  return back === mine ? same : { ...same, difference: `printed ${printed}\nreads  ${back}\nbut is ${mine}` }
}

/** Lists of labels have no order, and a sign before a number is part of the number, even with parentheses in between. */
const normal = (tree: unknown): string =>
  JSON.stringify(folded(tree), (_, value) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  )
function folded(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.every((one) => typeof one === 'string') ? [...tree].sort() : tree.map(folded)
  if (typeof tree !== 'object' || tree === null) return tree
  const n = Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, folded(value)]))
  const of = n['expr'] as { type?: string; val?: number } | undefined
  if (n['type'] !== 'unaryExpr' || of?.type !== 'numberLiteral') return n
  return { ...of, val: n['op'] === '-' ? -(of.val as number) : of.val }
}
