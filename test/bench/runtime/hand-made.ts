import { benchBuckets, benchLabelNames, type Peer, type PeerLabels, type PeerMetric } from './peer.ts'
import { serveExposition } from './serve-exposition.ts'

// The least that can be written by hand: no checks, one object per series, its text built once.

interface Cell {
  readonly inc: () => void
  readonly observe: (value: number) => void
  readonly text: () => string
}

function store(create: (labels: string) => Cell, header: string) {
  const cells = new Map<string, Map<string, Map<string, Map<string, Cell>>>>()
  const all: Cell[] = []
  const below = <T>(map: Map<string, T>, key: string, made: () => T): T => {
    let next = map.get(key)
    if (next === undefined) {
      next = made()
      map.set(key, next)
    }
    return next
  }
  const find = (s: PeerLabels): Cell => {
    const symbols = below(cells, s['exchange'] as string, () => new Map())
    const strategies = below(
      below(symbols, s['symbol'] as string, () => new Map()),
      s['side'] as string,
      () => new Map(),
    )
    return below(strategies, s['strategy'] as string, () => {
      const cell = create(benchLabelNames.map((name) => `${name}="${s[name]}"`).join(','))
      all.push(cell)
      return cell
    })
  }
  const page: PeerMetric<Cell>['page'] = async (take) => {
    let text = header
    for (const cell of all) text += cell.text()
    take(Buffer.from(text))
  }
  return { find, exposed: { page, serve: () => serveExposition(page) } }
}

export const handMade: Peer = {
  name: 'hand-made cell',
  async counter() {
    const { find, exposed } = store((labels) => {
      const prefix = `bench_orders_total{${labels}} `
      let value = 0
      return { inc: () => void value++, observe: () => {}, text: () => `${prefix}${value}\n` }
    }, '# HELP bench_orders_total Orders.\n# TYPE bench_orders_total counter\n')
    return { bind: find, write: (series) => find(series).inc(), ...exposed }
  },
  async histogram() {
    const { find, exposed } = store((labels) => {
      const counts = new Float64Array(benchBuckets.length + 1)
      const prefixes = [...benchBuckets, '+Inf'].map((le) => `bench_latency_seconds_bucket{${labels},le="${le}"} `)
      let sum = 0
      return {
        inc: () => {},
        observe(value) {
          let i = 0
          while (i < benchBuckets.length && value > (benchBuckets[i] as number)) i++
          ;(counts[i] as number)++
          sum += value
        },
        text() {
          let text = ''
          let total = 0
          prefixes.forEach((prefix, i) => {
            total += counts[i] as number
            text += `${prefix}${total}\n`
          })
          return `${text}bench_latency_seconds_sum{${labels}} ${sum}\nbench_latency_seconds_count{${labels}} ${total}\n`
        },
      }
    }, '# HELP bench_latency_seconds Latency.\n# TYPE bench_latency_seconds histogram\n')
    return { bind: find, write: (series, value) => find(series).observe(value), ...exposed }
  },
}
