import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics } from '../../runtime/index.ts'
import { catalogue, counter, gauge, histogram, info, oneOf, open } from '../../runtime/metrics.ts'
import { needs } from '../servers/skipped.ts'
import { openMetricsErrors, textErrors, valuesIn } from './exposition-parsers.ts'
import { linesOf, withoutContract } from './fixture.ts'

const labels = { symbol: open({ max: 40 }), venue: open({ max: 12 }), side: oneOf('buy', 'sell') }
const declared = catalogue('fz', {
  fills_total: counter({ help: 'A "help" with \\ and\nmore.', labels }),
  size: gauge({ help: 'x', labels }),
  slippage: histogram({ help: 'x', labels: { symbol: open({ max: 40 }) }, buckets: [-1, 0, 1] }),
  latency: histogram({ help: 'x', labels: { symbol: open({ max: 40 }) }, buckets: [0.1, 1] }),
  info: info({ help: 'x', labels: { version: open({ max: 3 }) } }),
})

/** A seeded random number generator, so that a failure can be reproduced. */
function random(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

const pieces = [
  'a',
  'BTC',
  '/',
  ':',
  ',',
  '|',
  '"',
  '\\',
  '\\n',
  '{',
  '}',
  '=',
  ' ',
  '#',
  'é',
  '中',
  '😀',
  '\u2028',
  '\ufeff',
  '__',
]
const nasty = [
  '',
  '\n',
  'a\r',
  '\0',
  '\ud83d',
  '\udc00x',
  '__proto__',
  '__overflow__',
  'constructor',
  'NaN',
  '+Inf',
  '# EOF',
  'x'.repeat(300),
]
const numbers = [
  1,
  0,
  0.1,
  2.5,
  1e-300,
  1e300,
  2 ** 53,
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '1',
  null,
  undefined,
  {},
  1n,
]

const seeds = [1, 2, 3]

test('whatever a bot writes, no samples are merged, lost or broken across lines', async () => {
  for (const seed of seeds) {
    const { text, openmetrics, model, counted } = await written(seed)
    assert.deepEqual(valuesIn(withoutContract(text)), model, `seed ${seed}`)
    assert.deepEqual(valuesIn(withoutContract(openmetrics)), model, `seed ${seed}`)
    assert.deepEqual(countedIn(text), counted, `seed ${seed}`)
  }
})

test("whatever a bot writes, Prometheus' own parsers read both formats", async (t) => {
  const tools = await needs(t, 'promtool')
  if (tools === undefined) return
  for (const seed of seeds) {
    const { text, openmetrics } = await written(seed)
    assert.equal(await textErrors(tools.promtool, text), '', `seed ${seed}`)
    assert.equal(await openMetricsErrors(tools.promtool, openmetrics), '', `seed ${seed}`)
  }
})

/** Thousands of random calls, and the result predicted by a simple model without trees, blocks and cells. */
async function written(seed: number) {
  const roll = random(seed)
  const pick = <T>(from: readonly T[]): T => from[roll(from.length)] as T
  const value = (): string => {
    if (roll(8) === 0) return pick(nasty)
    return Array.from({ length: 1 + roll(3) }, () => pick(pieces)).join('')
  }
  const metrics = createMetrics(declared, { mode: 'lenient', log: () => {} })
  const refusedSoFar = () =>
    metrics.refused().reduce((sum, { reason, count }) => sum + (reason === 'over-budget' ? 0 : count), 0)

  const overBudget = () =>
    metrics.refused().reduce((sum, { reason, count }) => sum + (reason === 'over-budget' ? count : 0), 0)

  const model = new Map<string, number>()
  const known = new Map<string, Set<string>>()
  const budgets: Readonly<Record<string, number>> = { symbol: 40, venue: 12 }
  /** The open values under which a sample is recorded; null for the overflow series. */
  const place = (metric: string, open: Readonly<Record<string, string>>): readonly string[] | null => {
    const names = Object.keys(open)
    const seen = (name: string) => known.get(`${metric} ${name}`) ?? new Set<string>()
    const over = names.some(
      (name) => !seen(name).has(open[name] as string) && seen(name).size >= (budgets[name] as number),
    )
    if (over) return null
    for (const name of names) known.set(`${metric} ${name}`, seen(name).add(open[name] as string))
    return Object.values(open)
  }
  const add = (key: readonly string[], by: number) => {
    const text = JSON.stringify(key)
    model.set(text, (model.get(text) ?? 0) + by)
  }
  for (let i = 0; i < 4000; i++) {
    const [symbol, venue, side] = [value(), value(), pick(['buy', 'sell'] as const)]
    const amount = pick(numbers) as number
    const before = refusedSoFar()
    const accepted = () => refusedSoFar() === before
    switch (roll(5)) {
      case 0:
      case 1: {
        if (roll(2) === 0) metrics.fills_total.inc({ symbol, venue, side }, amount)
        else {
          const bound = metrics.fills_total.bind({ venue, side, symbol })
          if (!accepted()) break
          bound.inc(amount)
          // A series is created when it is bound, even if the amount is then refused.
          if (!accepted()) {
            const open = place('fills', { symbol, venue })
            for (const each of open === null ? [] : ['buy', 'sell'])
              add(['fz_fills_total', ...(open as string[]), each], 0)
            if (open === null) add(['fz_fills_total', ...overflow(3)], 0)
            break
          }
        }
        if (!accepted()) break
        const open = place('fills', { symbol, venue })
        const by = amount === undefined ? 1 : amount
        if (open === null) add(['fz_fills_total', ...overflow(3)], by)
        else for (const each of ['buy', 'sell']) add(['fz_fills_total', ...open, each], each === side ? by : 0)
        break
      }
      case 2: {
        metrics.size.set({ symbol, venue, side }, amount)
        if (!accepted()) break
        const open = place('size', { symbol, venue })
        model.set(JSON.stringify(['fz_size', ...(open === null ? overflow(3) : [...open, side])]), amount)
        break
      }
      case 3:
        for (const [metric, bounds, signed] of [
          ['slippage', [-1, 0, 1], true],
          ['latency', [0.1, 1], false],
        ] as const) {
          const refused = refusedSoFar()
          metrics[metric].observe({ symbol }, amount)
          if (refusedSoFar() !== refused) continue
          const [of] = place(metric, { symbol }) ?? overflow(1)
          for (const bound of [...bounds, Number.POSITIVE_INFINITY])
            add([`fz_${metric}_bucket`, of as string, leOf(bound)], amount <= bound ? 1 : 0)
          if (signed) continue
          add([`fz_${metric}_sum`, of as string], amount)
          add([`fz_${metric}_count`, of as string], 1)
        }
        break
      case 4:
        metrics.info.set({ version: symbol })
        if (!accepted()) break
        for (const key of [...model.keys()].filter((text) => text.startsWith('["fz_info"'))) model.delete(key)
        model.set(JSON.stringify(['fz_info', symbol]), 1)
        break
    }
  }
  const [text, openmetrics] = [await metrics.render('text'), await metrics.render('openmetrics')]
  assert.ok(
    metrics.refused().some(({ reason }) => reason === 'over-budget'),
    'the budget was reached',
  )
  assert.ok(refusedSoFar() > 500 && model.size > 200, 'much was refused and much was not')
  const counted = { refused: refusedSoFar(), overflow: overBudget() }
  return { text, openmetrics, model, counted }
}

/** The totals of the contract's own metrics. */
function countedIn(text: string) {
  const sum = (name: string) =>
    linesOf(text, name).reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' '))), 0)
  return { refused: sum('fz_contract_refused_total'), overflow: sum('fz_contract_overflow_total') }
}

const overflow = (labels: number): readonly string[] => new Array(labels).fill('__overflow__')

const leOf = (bound: number): string =>
  bound === Number.POSITIVE_INFINITY ? '+Inf' : Number.isInteger(bound) ? `${bound}.0` : `${bound}`
