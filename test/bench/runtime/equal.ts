import { type Peer, type PeerMetric, seriesOf } from './peer.ts'

/** How the expositions of two libraries differ after the same writes, line by line; nothing if they are the same. */
export async function differences(one: Peer, other: Peer): Promise<readonly string[]> {
  const [ours, theirs] = await Promise.all([linesOf(one), linesOf(other)])
  const all = [...new Set([...ours.keys(), ...theirs.keys()])].sort()
  return all.flatMap((line) => {
    const [here = 0, there = 0] = [ours.get(line), theirs.get(line)]
    if (here === there) return []
    if (here > 0 && there > 0) return [`${here}× in ${one.name}, ${there}× in ${other.name}: ${line}`]
    return [`only ${here > 0 ? one.name : other.name}: ${line}`]
  })
}

/** How many times each line is exposed. */
async function linesOf(peer: Peer): Promise<ReadonlyMap<string, number>> {
  const lines = new Map<string, number>()
  for (const metric of [await peer.counter(), await peer.histogram()] as readonly PeerMetric<unknown>[]) {
    // All combinations of the closed labels, since ours start at zero.
    seriesOf(1024).forEach((series, i) => {
      metric.write(series, (i % 97) / 8)
    })
    const pieces: string[] = []
    await metric.page((piece) => void pieces.push(Buffer.from(piece).toString()))
    for (const line of pieces.join('').split('\n')) {
      // Metrics about the library itself are not compared.
      if (line === '' || /^(#|target_info|bench_contract_)/.test(line)) continue
      const sample = alike(line)
      lines.set(sample, (lines.get(sample) ?? 0) + 1)
    }
  }
  return lines
}

/** The order of labels does not matter, `le="1"` is `le="1.0"`, and a scope is OpenTelemetry's own. */
function alike(line: string): string {
  const [, name, labels = '', value] = /^([^{ ]+)(?:\{(.*)\})? (\S+)/.exec(line) as RegExpExecArray
  const pairs = [...labels.matchAll(/([^=,]+)="((?:[^"\\]|\\.)*)"/g)]
    .filter(([, label = '']) => !label.startsWith('otel_scope'))
    .map(([, label, text]) => `${label}="${label === 'le' && text !== '+Inf' ? Number(text) : text}"`)
  return `${name}{${pairs.sort().join(',')}} ${value}`
}
