import {
  aggregate,
  binary,
  call,
  type Matching,
  type Node,
  number,
  type Op,
  type SelectorNode,
  selector,
  string,
} from '../../definitions/language/node.ts'
import { knownValues } from '../../generators/meaning/domain.ts'
import type { SeriesFamily, World } from '../../generators/meaning/world.ts'
import type { Chance } from '../promql/random-text.ts'
import { matching, negation, rangeSelector, subquery } from '../promql/trees.ts'

const labels = ['side', 'kind', 'symbol', 'status', 'env', 'instance', 'bot', 'job', 'le', 'version', 'nothing']
const overTime = 'avg min max sum count last stddev stdvar present'.split(' ').map((word) => `${word}_over_time`)
const growth = 'rate increase irate delta idelta deriv resets changes'.split(' ')
const each =
  'abs ceil floor sgn exp ln log2 log10 sqrt sin cos tanh atan deg rad sort sort_desc timestamp hour minute day_of_week day_of_month day_of_year days_in_month year month round asin acos tan sinh cosh acosh asinh atanh'.split(
    ' ',
  )
const arithmetic: readonly Op[] = ['+', '-', '*', '/', '%', '^', 'atan2']
const comparisons: readonly Op[] = ['==', '!=', '>', '<', '>=', '<=']

/** A well-typed expression over the series of a world. */
export function randomExpression(c: Chance, world: World, depth: number): Node {
  const { pick, maybe } = c
  const vector = (less = 1): Node => (depth - less <= 0 ? leaf(c, world) : randomExpression(c, world, depth - less))
  const some = () => labels.filter(() => maybe(0.25))
  if (depth <= 0) return leaf(c, world)
  return pick([
    () => leaf(c, world),
    () => call(pick(overTime), window(c, world)),
    () => call(pick(growth), window(c, world)),
    () => call('quantile_over_time', number(pick([0, 0.5, 1, 1.5])), window(c, world)),
    () => call(pick(overTime), subquery(vector(), pick(['2m', '5m']), { step: pick([null, '30s', '20s']) })),
    () => call(pick(each), vector()),
    () => call(pick(['abs', 'sgn', 'floor', 'exp']), vector()),
    () => aggregate('sum', leaf(c, world), 'by', some()),
    () => call('clamp', vector(), constant(c), constant(c)),
    () => call(pick(['clamp_min', 'clamp_max', 'round']), vector(), constant(c)),
    () => negation(vector()),
    () =>
      aggregate(
        pick(['sum', 'avg', 'min', 'max', 'count', 'group', 'stddev', 'stdvar']),
        vector(),
        pick(['by', 'by', 'without']),
        some(),
      ),
    () => aggregate(pick(['topk', 'bottomk', 'quantile']), vector(), 'by', some(), number(pick([0, 0.5, 1, 2]))),
    () => aggregate('count_values', vector(), pick(['by', 'without']), some(), string(pick(['value', 'side']))),
    () => binary(pick(arithmetic), vector(), constant(c)),
    () => binary(pick(arithmetic), constant(c), vector()),
    () => compared(c, vector(), constant(c)),
    () => compared(c, constant(c), vector()),
    () => pair(c, vector(), vector()),
    () => related(c, world, depth),
    () => related(c, world, depth),
    () => shareOf(c, world, some()),
    () =>
      binary(
        pick(['and', 'or', 'unless']),
        vector(),
        vector(),
        pick([null, null, matching('on', some()), matching('ignoring', some())]),
      ),
    () => binary('or', vector(), pick([call('vector', constant(c)), vector()])),
    () =>
      call(
        'label_replace',
        vector(),
        string(pick(labels)),
        string(pick(['$1', 'x', '', 'y-$1'])),
        string(pick(labels)),
        string(pick(['(.*)', 'b(.*)', 'buy|sell', '(B.*)|(E.*)', ''])),
      ),
    () =>
      call('label_join', vector(), string(pick(labels)), string('-'), ...labels.filter(() => maybe(0.15)).map(string)),
    () => call('absent', vector()),
    () => call('absent_over_time', window(c, world)),
    () => call('predict_linear', window(c, world), number(600)),
    () =>
      selector('', [
        {
          label: '__name__',
          op: '=~',
          value: `r\\d_${pick(['d.*', 'state|share', '.*_total', '(wait|drift).*_bucket'])}`,
        },
        { label: 'bot', op: '=', value: botOf(world) },
      ]),
    () => ({ ...leaf(c, world), at: pick(['end', 1_700_001_500] as const) }),
    () => call('histogram_quantile', number(pick([0, 0.5, 0.95, 1, 1.2])), maybe(0.7) ? buckets(c, world) : vector()),
    () => binary(pick(arithmetic), vector(), call('scalar', vector())),
    () => call('vector', pick([constant(c), call('time'), call('scalar', vector())])),
  ])()
}

const constant = (c: Chance): Node => c.pick([0, 1, 2, -1, 0.5, 7, 100, -3.5, 1e6].map(number))

function compared(c: Chance, left: Node, right: Node, how: Matching | null = null): Node {
  const node = binary(c.pick(comparisons), left, right, how)
  return c.maybe(0.4) ? { ...node, bool: true } : node
}

function pair(c: Chance, left: Node, right: Node, how?: Matching | null): Node {
  const used =
    how === undefined
      ? c.pick([
          null,
          matching(
            'on',
            labels.filter(() => c.maybe(0.3)),
          ),
          matching(
            'ignoring',
            labels.filter(() => c.maybe(0.3)),
          ),
        ])
      : how
  return c.maybe(0.6) ? binary(c.pick(arithmetic), left, right, used) : compared(c, left, right, used)
}

/** Two vectors that are likely to match: the same series twice, a share of a total, a join. */
function related(c: Chance, world: World, depth: number): Node {
  const base = c.maybe(0.5) ? call('rate', window(c, world)) : randomExpression(c, world, depth - 1)
  const kept = labels.filter(() => c.maybe(0.4))
  const total = aggregate(c.pick(['sum', 'max', 'count']), base, 'by', kept)
  return c.pick([
    () => pair(c, base, base, null),
    () =>
      pair(
        c,
        base,
        total,
        matching('on', kept, 'left', c.pick([[], [], ['instance'].filter((label) => !kept.includes(label))])),
      ),
    () => pair(c, total, base, matching('on', kept, 'right', [])),
    () =>
      pair(
        c,
        base,
        aggregate('sum', base, 'without', kept),
        matching('ignoring', kept, 'left', c.pick([[], ['version']])),
      ),
    () => pair(c, total, aggregate('count', base, 'by', kept), c.pick([null, matching('on', kept)])),
    () => binary(c.pick(['and', 'unless', 'or']), base, compared(c, total, constant(c)), matching('on', kept)),
    () => binary(c.pick(['and', 'unless', 'or']), base, base),
    () => {
      const facts = [...world.families.values()].find(({ metric }) => metric?.kind === 'info') as SeriesFamily
      const target = ['bot', 'env', 'instance', 'job']
      return binary('*', base, selector(facts.name), matching('on', target, 'left', ['version']))
    },
  ])()
}

/** Some series of a selector by all of them, grouped alike or more finely. */
function shareOf(c: Chance, world: World, kept: readonly string[]): Node {
  const all = c.maybe(0.6) ? window(c, world) : leaf(c, world)
  const some = leaf(c, world)
  const part =
    some.name === all.name
      ? { ...all, matchers: [...all.matchers, ...some.matchers] }
      : { ...all, matchers: [...all.matchers, ...narrowed(c, world, all)] }
  const fn = c.pick(['rate', 'increase', 'irate', 'sum_over_time', 'max_over_time', 'changes'])
  const of = (node: SelectorNode): Node => (node.range === null ? node : call(fn, node))
  const op = c.pick(['sum', 'sum', 'count'])
  const grouped = (node: Node, by: readonly string[]) => aggregate(op, node, 'by', by)
  const finer = [...new Set([...kept, ...labels.filter(() => c.maybe(0.3))])]
  const narrow = c.maybe(0.3) ? binary(c.pick(comparisons), of(part), constant(c)) : of(part)
  return c.pick([
    () => binary('/', grouped(narrow, kept), grouped(of(all), kept)),
    () => binary('/', grouped(narrow, finer), grouped(of(all), kept), matching('on', kept, 'left', [])),
    () => binary('/', aggregate(op, narrow, 'without', kept), aggregate(op, of(all), 'without', kept)),
    () => binary('/', narrow, aggregate('sum', of(all), 'by', kept), matching('on', kept, 'left', [])),
    () => binary('/', narrow, of(all)),
    // not parts of what they are divided by
    () => binary('/', grouped(of(all), kept), grouped(of(part), kept)),
    () => binary('/', grouped(narrow, kept), grouped(of(all), finer), matching('on', kept, 'right', [])),
  ])()
}

/** A matcher on a label that the series have. */
function narrowed(c: Chance, world: World, { name }: SelectorNode) {
  const own = [...(world.families.get(name)?.labels ?? [])]
  if (own.length === 0) return []
  const [label, domain] = c.pick(own)
  const [first = 'BTC', ...more] = knownValues(domain) ?? ['BTC', 'ETH', 'i1']
  return [{ label, op: c.pick(['=', '!='] as const), value: c.pick([first, ...more]) }]
}

function leaf(c: Chance, world: World): SelectorNode {
  const all = [...world.families.values()]
  // only a known bound can be wrong
  const family = c.pick(c.maybe(0.4) ? all.filter(({ values }) => values.hi - values.lo < Infinity) : all)
  const asked = [...family.labels].filter(() => c.maybe(0.15))
  const made = asked.map(([label, domain]) => {
    const values = knownValues(domain) ?? ['BTC', 'ETH', 'i1', 'i2', '1.0']
    const value = c.maybe(0.05) ? 'never' : c.pick(values)
    return c.pick([
      { label, op: '=', value },
      { label, op: '!=', value },
      {
        label,
        op: '=~',
        value:
          values
            .filter(() => c.maybe(0.5))
            .map((one) => one.replace(/[.+]/g, '\\$&'))
            .join('|') || '.+',
      },
      { label, op: '!~', value: `[${value.slice(0, 1)}].*` },
    ] as const)
  })
  return { ...selector(family.name, made), offset: c.pick([null, null, null, '2m']) }
}

const window = (c: Chance, world: World): SelectorNode =>
  rangeSelector(leaf(c, world), c.pick(['1m', '2m', '5m', '10m']))

function buckets(c: Chance, world: World): Node {
  const family = c.pick([...world.families.values()].filter(({ name }) => name.endsWith('_bucket')))
  const grown = call(c.pick(['rate', 'increase']), rangeSelector(selector(family.name), c.pick(['2m', '10m'])))
  return c.maybe(0.5) ? grown : aggregate('sum', grown, 'by', ['le', ...labels.filter(() => c.maybe(0.2))])
}

const botOf = (world: World): string => [...world.families.values()][0]?.labels.get('bot')?.values?.[0] ?? ''
