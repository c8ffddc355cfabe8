import { fork } from 'node:child_process'
import { once } from 'node:events'
import { type Increments, type Observes, type Peer, type PeerLabels, type PeerMetric, seriesOf } from './peer.ts'

/** One measurement of one library, taken in a separate process; null if the library lacks the feature. */
type Case = (peer: Peer) => Promise<number | null>

const walked = 8192
const counterLines = 100_000
/** Eleven buckets, +Inf, sum and count make 14 lines of each. */
const histogramSeries = 7144

/** Nanoseconds per call of a bound counter, over a shuffled walk of 8,192 series. */
const boundInc: Case = async (peer) => {
  const counter = await peer.counter()
  if (counter.bind === null) return null
  const handles = walk().map(counter.bind)
  return perCall(() => {
    for (let i = 0; i < walked; i++) (handles[i] as Increments).inc()
  })
}

const boundObserve: Case = async (peer) => {
  const histogram = await peer.histogram()
  if (histogram.bind === null) return null
  const handles = walk().map(histogram.bind)
  return perCall(() => {
    for (let i = 0; i < walked; i++) (handles[i] as Observes).observe(values[i] as number)
  })
}

/** Heap bytes that a call of a bound counter leaves for the garbage collector. */
const boundAllocation: Case = async (peer) => {
  const counter = await peer.counter()
  if (counter.bind === null) return null
  const handles = walk().map(counter.bind)
  const pass = () => {
    for (let i = 0; i < walked; i++) (handles[i] as Increments).inc()
  }
  for (let i = 0; i < 200; i++) pass()
  collect()
  const before = process.memoryUsage().heapUsed
  for (let i = 0; i < 20; i++) pass()
  return Math.max(0, process.memoryUsage().heapUsed - before) / (20 * walked)
}

const labelledInc: Case = async (peer) => labelled(await peer.counter())
const labelledObserve: Case = async (peer) => labelled(await peer.histogram())

/** Nanoseconds per call that passes four labels in a new object. */
async function labelled({ write }: PeerMetric<unknown>): Promise<number> {
  const series = walk()
  return perCall(() => {
    for (let i = 0; i < walked; i++) {
      const { exchange, symbol, side, strategy } = series[i] as { [name: string]: string }
      write({ exchange, symbol, side, strategy } as PeerLabels, values[i] as number)
    }
  })
}

const scrapeCounters: Case = async (peer) => scrape(await peer.counter(), seriesOf(counterLines))
const scrapeHistograms: Case = async (peer) => scrape(await peer.histogram(), seriesOf(histogramSeries))

/**
 * How many times as long a line takes among 300,000 as among 30,000: of the processor's time, with that of the garbage collector's
 * threads, since on a busy machine a long scrape is interrupted and a short one is not. They take turns.
 */
const growth: Case = async (peer) => {
  const [few, many] = [seriesOf(30_000), seriesOf(300_000)]
  const times = await scrapes([
    [await peer.counter(), few],
    [await peer.counter(), many],
  ])
  return (times[1] as Took).processor / many.length / ((times[0] as Took).processor / few.length)
}

async function scrape(metric: PeerMetric<unknown>, series: readonly PeerLabels[]): Promise<number> {
  return ((await scrapes([[metric, series]]))[0] as Took).clock
}

/** Milliseconds. */
interface Took {
  readonly clock: number
  readonly processor: number
}

/** The time of a scrape in which every value has changed since the last. */
async function scrapes(
  all: readonly (readonly [PeerMetric<unknown>, readonly PeerLabels[]])[],
): Promise<readonly Took[]> {
  const taken: readonly Took[][] = all.map(() => [])
  for (let round = 0; round < 9; round++) {
    for (const [n, [metric, series]] of all.entries()) {
      series.forEach((one, i) => {
        metric.write(one, values[(i + round) % walked] as number)
      })
      const used = process.cpuUsage()
      const started = performance.now()
      await metric.page(() => {})
      const clock = performance.now() - started
      const { user, system } = process.cpuUsage(used)
      taken[n]?.push({ clock, processor: (user + system) / 1000 })
    }
  }
  return taken.map((rounds) => {
    const warm = rounds.slice(2)
    return { clock: median(warm.map((took) => took.clock)), processor: median(warm.map((took) => took.processor)) }
  })
}

/** The longest time, in milliseconds, that the event loop was blocked while 100,000 lines were fetched over HTTP. */
const longestBlock: Case = async (peer) => {
  const counter = await peer.counter()
  const series = seriesOf(counterLines)
  const server = await counter.serve()
  const scraper = fork(new URL('./scraper.ts', import.meta.url))
  const ended = once(scraper, 'exit').then(() => {
    throw new Error('the scraper has exited')
  })
  ended.catch(() => {})
  const worst: number[] = []
  for (let round = 0; round < 7; round++) {
    for (const one of series) counter.write(one, 1)
    let [longest, last, watching] = [0, performance.now(), true]
    const watch = () => {
      const now = performance.now()
      longest = Math.max(longest, now - last)
      last = now
      if (watching) setImmediate(watch)
    }
    setImmediate(watch)
    scraper.send(server.port)
    await Promise.race([once(scraper, 'message'), ended])
    watching = false
    worst.push(longest)
  }
  scraper.disconnect()
  await server.close()
  return median(worst.slice(2))
}

/** Heap bytes retained per line after it was scraped. */
const heapCounters: Case = async (peer) => retained(() => peer.counter(), seriesOf(counterLines), 1)
const heapHistograms: Case = async (peer) => retained(() => peer.histogram(), seriesOf(histogramSeries), 14)

async function retained(create: () => Promise<PeerMetric<unknown>>, series: readonly PeerLabels[], lines: number) {
  // What a library loads on first use does not count.
  const small = await create()
  small.write(series[0] as PeerLabels, 1)
  await small.page(() => {})
  collect()
  const before = used()
  const metric = await create()
  for (const one of series) metric.write(one, 1)
  await metric.page(() => {})
  collect()
  const bytes = used() - before
  // It must stay alive until here to be counted.
  metric.write(series[0] as PeerLabels, 1)
  return bytes / (series.length * lines)
}

/** The goal of a figure relative to prom-client's. */
interface Goal {
  readonly says: string
  readonly met: (ours: number, theirs: number) => boolean
}
const timesFaster = (times: number): Goal => ({
  says: `at least ${times} times prom-client's speed`,
  met: (ours, theirs) => theirs / ours >= times,
})
const atMostOf = (share: number): Goal => ({
  says: `at most ${share} of prom-client's`,
  met: (ours, theirs) => ours <= theirs * share,
})

/** Every figure, with its unit and its goal. */
export const cases = Object.freeze({
  'bound inc': { unit: 'ns', run: boundInc, goal: timesFaster(80) },
  'bound inc, garbage': {
    unit: 'B a call',
    run: boundAllocation,
    // The measurement itself allocates a few hundred bytes, spread over all calls.
    goal: { says: 'nothing allocated', met: (ours) => ours < 0.1 },
  },
  'bound observe': { unit: 'ns', run: boundObserve, goal: timesFaster(60) },
  'labelled inc': { unit: 'ns', run: labelledInc, goal: timesFaster(3.5) },
  'labelled observe': { unit: 'ns', run: labelledObserve, goal: timesFaster(4) },
  'scrape of 100k counter lines': { unit: 'ms', run: scrapeCounters, goal: timesFaster(8) },
  'scrape of 100k histogram lines': { unit: 'ms', run: scrapeHistograms, goal: timesFaster(5) },
  'longest block of the event loop': { unit: 'ms', run: longestBlock, goal: atMostOf(0.05) },
  'heap a counter line': { unit: 'B', run: heapCounters, goal: atMostOf(0.75) },
  'heap a histogram line': { unit: 'B', run: heapHistograms, goal: atMostOf(1.25) },
  'time a line, 300k to 30k': {
    unit: 'x',
    run: growth,
    goal: { says: 'at most 1.5', met: (ours) => ours <= 1.5 },
  },
} as const satisfies Record<string, { readonly unit: string; readonly run: Case; readonly goal: Goal }>)

/** Fixed, so that every library and every run does the same. */
const random = (() => {
  let state = 1
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
})()
const values = Float64Array.from({ length: walked }, () => random() * 12)

function walk(): readonly PeerLabels[] {
  const series = [...seriesOf(walked)]
  for (let i = series.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1))
    const held = series[i] as PeerLabels
    series[i] = series[other] as PeerLabels
    series[other] = held
  }
  return series
}

/** Passes until a tenth of a second has gone by, ten times; the median pass. */
function perCall(pass: () => void): number {
  const until = (length: number): number => {
    const started = performance.now()
    let passes = 0
    do {
      pass()
      passes++
    } while (performance.now() - started < length)
    return ((performance.now() - started) * 1e6) / (passes * walked)
  }
  until(300)
  return median(Array.from({ length: 10 }, () => until(50)))
}

export const median = (of: readonly number[]): number =>
  [...of].sort((a, b) => a - b)[Math.floor(of.length / 2)] as number

/** Typed arrays store their numbers in array buffers. */
const used = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers

function collect(): void {
  const { gc } = globalThis as { gc?: () => void }
  if (gc === undefined) throw new Error('run with --expose-gc')
  for (let i = 0; i < 4; i++) gc()
}
