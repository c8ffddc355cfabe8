import { type Defect, defect } from '../../definitions/language/defect.ts'
import type {
  AggregateNode,
  BinaryNode,
  CallNode,
  Matching,
  Node,
  SelectorNode,
  TextNode,
} from '../../definitions/language/node.ts'
import { withParsedText } from '../promql/with-parsed-text.ts'

// Two accounts are as separate as two environments: whatever keeps env apart keeps them apart as well.

/** A query that keeps certain labels of its series, and which of them its result has. */
interface QueryWithLabels {
  readonly node: Node
  readonly labels: readonly string[]
  readonly defects: readonly Defect[]
}

/** Which of those labels the series of a selector have. */
type CarriedLabels = (of: SelectorNode) => readonly string[]

/**
 * The query in which every aggregation that keeps bot or env also keeps the labels that `carried` names, and every join of bots,
 * environments or processes also matches on them.
 */
export function keepLabels(node: Node, carried: CarriedLabels): QueryWithLabels {
  const inner = (of: Node) => keepLabels(of, carried)
  switch (node.kind) {
    case 'number':
    case 'string':
      return { node, labels: [], defects: [] }
    case 'selector':
      return { node, labels: carried(node), defects: [] }
    case 'subquery':
    case 'unary': {
      const of = inner(node.of)
      return { ...of, node: Object.freeze({ ...node, of: of.node }) }
    }
    case 'call':
      return called(node, node.args.map(inner))
    case 'aggregate':
      return aggregated(node, inner(node.of))
    case 'binary':
      return joined(node, inner(node.left), inner(node.right))
    case 'text':
      return read(node, inner)
  }
}

/** Text is parsed as PromQL; what cannot be parsed stays unchanged. */
function read(node: TextNode, inner: (of: Node) => QueryWithLabels): QueryWithLabels {
  const tree = withParsedText(node)
  return tree.kind === 'text' ? { node, labels: [], defects: [] } : inner(tree)
}

function called(node: CallNode, args: readonly QueryWithLabels[]): QueryWithLabels {
  const [of] = node.args
  const all = union(...args.map(({ labels }) => labels))
  const made = Object.freeze({ ...node, args: Object.freeze(args.map((arg) => arg.node)) })
  const kept = { node: made, defects: args.flatMap(({ defects }) => defects) }
  // the result of absent() has only the labels that its selector matches with `=`
  if (node.fn === 'absent' || node.fn === 'absent_over_time') {
    const asked = of?.kind === 'selector' ? of.matchers.filter(({ op }) => op === '=').map(({ label }) => label) : []
    return { ...kept, labels: all.filter((label) => asked.includes(label)) }
  }
  return { ...kept, labels: scalars.has(node.fn) || node.fn === 'vector' ? [] : all }
}

function aggregated(node: AggregateNode, of: QueryWithLabels): QueryWithLabels {
  const keeps = node.word === 'by' && (node.labels.includes('bot') || node.labels.includes('env'))
  const labels = keeps ? [...union(node.labels, of.labels)].sort() : node.labels
  const isLeft = (label: string) => (node.word === 'by' ? labels.includes(label) : !labels.includes(label))
  const picks = /^(topk|bottomk|limitk|limit_ratio)$/.test(node.op)
  return {
    node: Object.freeze({ ...node, of: of.node, labels: Object.freeze(labels) }),
    labels: picks ? of.labels : of.labels.filter(isLeft),
    defects: of.defects,
  }
}

function joined(node: BinaryNode, left: QueryWithLabels, right: QueryWithLabels): QueryWithLabels {
  const defects = [...left.defects, ...right.defects]
  const made = (matching: Matching | null): Node =>
    Object.freeze({ ...node, left: left.node, right: right.node, matching })
  if (isScalar(node.left) || isScalar(node.right))
    return { node: made(node.matching), labels: union(left.labels, right.labels), defects }

  const set = node.op === 'and' || node.op === 'or' || node.op === 'unless'
  const given = node.matching ?? { word: 'ignoring' as const, labels: [], group: null, include: [] }
  const [onlyLeft, onlyRight] = [minus(left.labels, right.labels), minus(right.labels, left.labels)]
  const both = minus(left.labels, onlyLeft)
  const isOfPlaces = given.word === 'ignoring' || given.labels.some((label) => places.has(label))
  const more = given.word === 'on' ? minus(both, given.include) : [...onlyLeft, ...onlyRight]
  const labels = isOfPlaces ? union(given.labels, more) : given.labels
  const group = set || !isOfPlaces ? given.group : manyOn(given.group, onlyLeft, onlyRight)
  if (group === 'neither')
    return {
      node: made(node.matching),
      labels: both,
      defects: [...defects, unsound(node, [...onlyLeft, ...onlyRight])],
    }
  const unchanged = labels.length === given.labels.length && group === given.group
  const matching = unchanged
    ? node.matching
    : Object.freeze({ ...given, labels: Object.freeze([...labels].sort()), group })
  return { node: made(matching), labels: resultOf(node, { ...given, labels, group }, left, right), defects }
}

/** Which of those labels the result of a join has. */
function resultOf(
  { op }: BinaryNode,
  { word, labels, group, include }: Matching,
  left: QueryWithLabels,
  right: QueryWithLabels,
) {
  if (op === 'or') return union(left.labels, right.labels)
  if (op === 'and' || op === 'unless') return left.labels
  if (group === 'left') return union(left.labels, minus(right.labels, minus(right.labels, include)))
  if (group === 'right') return union(right.labels, minus(left.labels, minus(left.labels, include)))
  return left.labels.filter((label) => labels.includes(label) === (word === 'on'))
}

/** The side that now has several series per series of the other; no join is possible if both sides do, or if it is the one side of a group. */
function manyOn(
  group: Matching['group'],
  onlyLeft: readonly string[],
  onlyRight: readonly string[],
): Matching['group'] | 'neither' {
  if (onlyLeft.length === 0 && onlyRight.length === 0) return group
  const wanted = onlyRight.length === 0 ? 'left' : onlyLeft.length === 0 ? 'right' : 'neither'
  return group === null || group === wanted ? wanted : 'neither'
}

const unsound = ({ op }: BinaryNode, labels: readonly string[]): Defect =>
  defect(
    'target-label-join',
    `one side of its \`${op}\` has a series for each ${labels.join(', ')} of the bot's targets and the other does not, so the series cannot be matched one to one`,
    'aggregate the many side by the labels both sides have, or swap group_left and group_right',
  )

/** A join on one of them joins bots, environments or processes. */
const places: ReadonlySet<string> = new Set(['bot', 'env', 'instance'])

const scalars: ReadonlySet<string> = new Set(['scalar', 'time', 'pi'])
function isScalar(node: Node): boolean {
  if (node.kind === 'number') return true
  if (node.kind === 'unary') return isScalar(node.of)
  if (node.kind === 'binary') return isScalar(node.left) && isScalar(node.right)
  return node.kind === 'call' && scalars.has(node.fn)
}

const union = (...of: readonly (readonly string[])[]): readonly string[] => [...new Set(of.flat())]
const minus = (of: readonly string[], less: readonly string[]) => of.filter((label) => !less.includes(label))
