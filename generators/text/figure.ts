import { targetLabels } from '../../definitions/language/label.ts'
import { type Node, rewrite } from '../../definitions/language/node.ts'
import type { FigureHole } from '../../definitions/language/text.ts'
import { queryText } from './value.ts'

/** What a figure is, as plain words for documents; that it is the last value, of the whole bot, goes without saying. */
export const figureText = ({ query, labels }: FigureHole): string =>
  queryText(rewrite(query, bare), labels)
    .replaceAll('`', '')
    .replace(/ \(a new series[^)]*\)/, '')

function bare(node: Node): Node {
  if (node.kind === 'aggregate')
    return node.op === 'sum' && node.labels.every((label) => ownLabels.has(label)) ? node.of : node
  if (node.kind !== 'call' || node.fn !== 'last_over_time') return node
  const [of] = node.args
  return of?.kind === 'selector' ? Object.freeze({ ...of, range: null }) : node
}
const ownLabels: ReadonlySet<string> = new Set(targetLabels)
