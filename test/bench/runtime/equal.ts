import { type Metric, type Peer, seriesOf } from './peer.ts'

/** What two libraries expose of the same writes, line by line; nothing where it is the same. */
export async function differences(one: Peer, other: Peer): Promise<readonly string[]> {
  const [ours, theirs] = await Promise.all([linesOf(one), linesOf(other)])
  const all = [...new Set([...ours, ...theirs])].sort()
  return all
    .filter((line) => ours.has(line) !== theirs.has(line))
    .map((line) => `only ${ours.has(line) ? one.name : other.name}: ${line}`)
}

async function linesOf(peer: Peer): Promise<ReadonlySet<string>> {
  const lines = new Set<string>()
  for (const metric of [await peer.counter(), await peer.histogram()] as readonly Metric<unknown>[]) {
    // Whole series of the closed labels, since ours start all of them at zero.
    seriesOf(1024).forEach((series, i) => {
      metric.write(series, (i % 97) / 8)
    })
    for (const line of Buffer.concat(await metric.page())
      .toString()
      .split('\n')) {
      // What each says of itself is not compared.
      if (line !== '' && !/^(#|target_info|bench_contract_)/.test(line)) lines.add(alike(line))
    }
  }
  return lines
}

/** The order of labels means nothing, `le="1"` is `le="1.0"`, and a scope is OpenTelemetry's own. */
function alike(line: string): string {
  const [, name, labels = '', value] = /^([^{ ]+)(?:\{(.*)\})? (\S+)/.exec(line) as RegExpExecArray
  const pairs = [...labels.matchAll(/([^=,]+)="((?:[^"\\]|\\.)*)"/g)]
    .filter(([, label = '']) => !label.startsWith('otel_scope'))
    .map(([, label, text]) => `${label}="${label === 'le' && text !== '+Inf' ? Number(text) : text}"`)
  return `${name}{${pairs.sort().join(',')}} ${value}`
}
