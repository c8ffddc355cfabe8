import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics } from '../../runtime/index.ts'
import { catalogue, counter, gauge, histogram, info, oneOf, open } from '../../runtime/metrics.ts'
import { needs } from '../servers/skipped.ts'
import { openMetricsErrors, textErrors, valuesIn } from './exposition-parsers.ts'
import { linesOf, withoutContractLines } from './fixture.ts'

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
    assert.deepEqual(valuesIn(withoutContractLines(text)), model, `seed ${seed}`)
    assert.deepEqual(valuesIn(withoutContractLines(openmetrics)), model, `seed ${seed}`)
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

const created = () => createMetrics(declared, { mode: 'lenient', log: () => {} })
type Metrics = ReturnType<typeof created>

/** A run of random calls with a simple model of the expected result, without trees, blocks and cells. */
interface Run {
  readonly metrics: Metrics
  readonly roll: (below: number) => number
  /** The values of the series, by metric and labels. */
  readonly model: Map<string, number>
  /** The values of each open label that are within its budget. */
  readonly known: Map<string, Set<string>>
}

interface Fill {
  readonly symbol: string
  readonly venue: string
  readonly side: 'buy' | 'sell'
}

/** Makes thousands of random calls and predicts their result. */
async function written(seed: number) {
  const run: Run = { metrics: created(), roll: random(seed), model: new Map(), known: new Map() }
  const { metrics, roll, model } = run
  for (let i = 0; i < 4000; i++) {
    const labels: Fill = { symbol: labelValue(run), venue: labelValue(run), side: pick(run, ['buy', 'sell']) }
    const amount = pick(run, numbers) as number
    switch (roll(5)) {
      case 0:
      case 1:
        fill(run, labels, amount)
        break
      case 2:
        size(run, labels, amount)
        break
      case 3:
        observe(run, 'slippage', labels, amount)
        observe(run, 'latency', labels, amount)
        break
      case 4:
        version(run, labels.symbol)
        break
    }
  }
  const [text, openmetrics] = [await metrics.render('text'), await metrics.render('openmetrics')]
  const counted = { refused: refusedBy(metrics), overflow: overBudgetOf(metrics) }
  assert.ok(counted.overflow > 0, 'the budget was reached')
  assert.ok(counted.refused > 500 && model.size > 200, 'many samples were refused and many were not')
  return { text, openmetrics, model, counted }
}

const pick = <T>({ roll }: Run, from: readonly T[]): T => from[roll(from.length)] as T

function labelValue(run: Run): string {
  if (run.roll(8) === 0) return pick(run, nasty)
  return Array.from({ length: 1 + run.roll(3) }, () => pick(run, pieces)).join('')
}

function countOf(metrics: Metrics, isMeant: (reason: string) => boolean): number {
  return metrics.refused().reduce((sum, { reason, count }) => sum + (isMeant(reason) ? count : 0), 0)
}
const refusedBy = (metrics: Metrics) => countOf(metrics, (reason) => reason !== 'over-budget')
const overBudgetOf = (metrics: Metrics) => countOf(metrics, (reason) => reason === 'over-budget')

/** Creates a function that returns whether nothing has been refused since. */
function acceptance({ metrics }: Run): () => boolean {
  const before = refusedBy(metrics)
  return () => refusedBy(metrics) === before
}

const budgets: Readonly<Record<string, number>> = { symbol: 40, venue: 12 }

/** The open values under which a sample is recorded; null for the overflow series. */
function place({ known }: Run, metric: string, open: Readonly<Record<string, string>>): readonly string[] | null {
  const names = Object.keys(open)
  const seen = (name: string) => known.get(`${metric} ${name}`) ?? new Set<string>()
  const over = names.some(
    (name) => !seen(name).has(open[name] as string) && seen(name).size >= (budgets[name] as number),
  )
  if (over) return null
  for (const name of names) known.set(`${metric} ${name}`, seen(name).add(open[name] as string))
  return Object.values(open)
}

function add({ model }: Run, key: readonly string[], by: number): void {
  const text = JSON.stringify(key)
  model.set(text, (model.get(text) ?? 0) + by)
}

/** Counts a fill, half of the time through a bound handle. */
function fill(run: Run, labels: Fill, amount: number): void {
  const { fills_total: fills } = run.metrics
  const { symbol, venue, side } = labels
  const isAccepted = acceptance(run)
  if (run.roll(2) === 0) {
    fills.inc({ symbol, venue, side }, amount)
    if (isAccepted()) addFill(run, labels, amount)
    return
  }
  const bound = fills.bind({ venue, side, symbol })
  if (!isAccepted()) return
  bound.inc(amount)
  // A series is created when it is bound, even if the amount is then refused.
  addFill(run, labels, isAccepted() ? amount : 0)
}

/** Creates the series of both sides together. */
function addFill(run: Run, { symbol, venue, side }: Fill, by = 1): void {
  const open = place(run, 'fills', { symbol, venue })
  if (open === null) add(run, ['fz_fills_total', ...overflow(3)], by)
  else for (const each of ['buy', 'sell']) add(run, ['fz_fills_total', ...open, each], each === side ? by : 0)
}

function size(run: Run, labels: Fill, value: number): void {
  const { symbol, venue, side } = labels
  const isAccepted = acceptance(run)
  run.metrics.size.set({ symbol, venue, side }, value)
  if (!isAccepted()) return
  const open = place(run, 'size', { symbol, venue })
  run.model.set(JSON.stringify(['fz_size', ...(open === null ? overflow(3) : [...open, side])]), value)
}

const bounds = { slippage: [-1, 0, 1], latency: [0.1, 1] }

/** Observes a value; a histogram with negative bounds has no sum and no count. */
function observe(run: Run, metric: 'slippage' | 'latency', { symbol }: Fill, value: number): void {
  const isAccepted = acceptance(run)
  run.metrics[metric].observe({ symbol }, value)
  if (!isAccepted()) return
  const [of] = (place(run, metric, { symbol }) ?? overflow(1)) as [string]
  for (const bound of [...bounds[metric], Number.POSITIVE_INFINITY])
    add(run, [`fz_${metric}_bucket`, of, leOf(bound)], value <= bound ? 1 : 0)
  if (metric === 'slippage') return
  add(run, [`fz_${metric}_sum`, of], value)
  add(run, [`fz_${metric}_count`, of], 1)
}

/** Sets the info, which has only its latest series. */
function version(run: Run, version: string): void {
  const { metrics, model } = run
  const isAccepted = acceptance(run)
  metrics.info.set({ version })
  if (!isAccepted()) return
  for (const key of [...model.keys()].filter((text) => text.startsWith('["fz_info"'))) model.delete(key)
  model.set(JSON.stringify(['fz_info', version]), 1)
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
