import {
  aggregate,
  binary,
  call,
  type Matching,
  type Node,
  number,
  type Op,
  type SelectorNode,
  type SubqueryNode,
  selector,
  string,
  type UnaryNode,
} from '../../definitions/language/node.ts'

export const rangeSelector = (of: SelectorNode, range: string): SelectorNode => ({ ...of, range })
export const negation = (of: Node): UnaryNode => ({ kind: 'unary', op: '-', of })
export const subquery = (of: Node, range: string, more: Partial<SubqueryNode> = {}): SubqueryNode => ({
  kind: 'subquery',
  of,
  range,
  step: null,
  offset: null,
  at: null,
  ...more,
})
export const matching = (
  word: Matching['word'],
  labels: readonly string[],
  group: Matching['group'] = null,
  include: readonly string[] = [],
): Matching => ({ word, labels, group, include })

const arithmetic: readonly Op[] = ['+', '-', '*', '/', '%', '^', 'atan2']
const comparisons: readonly Op[] = ['==', '!=', '>', '<', '>=', '<=']
const sets: readonly Op[] = ['and', 'or', 'unless']

/** A source of numbers below 1 that is repeatable for a seed. */
export function repeatable(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** A valid expression of Prometheus' grammar that yields a vector, at most `depth` levels deep. */
export function randomVector(random: () => number, depth: number): Node {
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T
  const inner = () => randomVector(random, depth - 1)
  const value = () => number(pick([0, 1, 2.5, -1, -0.25, 1e9, 1e-7]))
  const labels = () => ['a', 'b', 'c'].filter(() => random() < 0.4)
  const shapes: readonly (() => Node)[] = [
    () => {
      const op = pick([...arithmetic, ...comparisons])
      const node = random() < 0.5 ? binary(op, inner(), value()) : binary(op, value(), inner())
      return comparisons.includes(op) && random() < 0.5 ? { ...node, bool: true } : node
    },
    () => {
      const op = pick([...arithmetic, ...comparisons])
      const how = pick([null, 'on', 'ignoring'] as const)
      const group = pick([null, 'left', 'right'] as const)
      // a label that is matched on cannot be included as well
      const m = how === null ? null : matching(how, labels(), group, group === null ? [] : pick([[], ['d']]))
      const node = binary(op, inner(), inner(), m)
      return comparisons.includes(op) && random() < 0.5 ? { ...node, bool: true } : node
    },
    () => binary(pick(sets), inner(), inner(), pick([null, matching('on', labels()), matching('ignoring', labels())])),
    () => negation(inner()),
    () => aggregate(pick(['sum', 'max', 'avg']), inner(), pick(['by', 'without']), labels()),
    () => aggregate(pick(['topk', 'quantile']), inner(), pick(['by', 'without']), labels(), number(0.5)),
    () => call(pick(['abs', 'ceil', 'sort']), inner()),
    () => call('clamp', inner(), value(), value()),
    () => call('label_replace', inner(), string('to'), string('$1-"\\'), string('from'), string('(.*)')),
    () =>
      call(
        'max_over_time',
        subquery(inner(), '5m', { step: pick([null, '1m']), offset: pick([null, '1h']), at: pick([null, 1700000000]) }),
      ),
    () => call('rate', rangeSelector(leaf(pick), pick(['5m', '1h30m']))),
  ]
  return depth === 0 ? leaf(pick) : pick(shapes)()
}

function leaf(pick: <T>(of: readonly T[]) => T): SelectorNode {
  return {
    ...selector(pick(['x', 'y:z', 'by', 'a.b']), pick([[], [{ label: 'a', op: '=~', value: 'b|c\\.d' }]])),
    offset: pick([null, null, '1d', '-5m']),
    at: pick([null, null, 1700000000.5, 'start']),
  }
}
