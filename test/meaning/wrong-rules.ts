import { closedDomain, union } from '../../generators/meaning/domain.ts'
import { interval, negate } from '../../generators/meaning/interval.ts'
import { type MeaningRules, meaningRules } from '../../generators/meaning/rules.ts'

/** Rules with one planted fault each, used in place of the correct ones. */
export const wrongRules: Readonly<Record<string, Partial<MeaningRules>>> = {
  'by() loses its first label': {
    aggregateLabels: (node, labels, series) =>
      meaningRules.aggregateLabels({ ...node, labels: node.labels.slice(1) }, labels, series),
  },
  'without() keeps what it should drop': {
    aggregateLabels: (node, labels, series) =>
      meaningRules.aggregateLabels(node.word === 'without' ? { ...node, labels: [] } : node, labels, series),
  },
  'group_left() includes no labels': {
    binaryLabels: (node, left, right, refined) =>
      meaningRules.binaryLabels(
        node.matching === null ? node : { ...node, matching: { ...node.matching, include: [] } },
        left,
        right,
        refined,
      ),
  },
  'group_right() has the labels of the left side': {
    binaryLabels: (node, left, right, refined) =>
      node.matching?.group === 'right'
        ? meaningRules.binaryLabels({ ...node, matching: { ...node.matching, group: 'left' } }, left, right, refined)
        : meaningRules.binaryLabels(node, left, right, refined),
  },
  '`or` has the values of the left side only': {
    eitherSide: (left, right, common) => ({ ...meaningRules.eitherSide(left, right, common), values: left.values }),
  },
  '`or` has the labels of the left side only': {
    eitherSide: (left, right, common) => ({ ...meaningRules.eitherSide(left, right, common), labels: left.labels }),
  },
  'a function keeps the name of the metric': {
    callLabels: (node, labels) => (node.fn === 'rate' ? labels : meaningRules.callLabels(node, labels)),
  },
  'label_replace() changes nothing': {
    callLabels: (node, labels) => (node.fn === 'label_replace' ? labels : meaningRules.callLabels(node, labels)),
  },
  'le distinguishes quantiles': {
    callKey: (node, key, labels) => (node.fn === 'histogram_quantile' ? [] : meaningRules.callKey(node, key, labels)),
  },
  '> keeps the values below': {
    compared: (op, left, right) => meaningRules.compared(op === '>' ? '<' : op, left, right),
  },
  'ignoring() is read as on()': {
    matching: (how, left, right) =>
      meaningRules.matching(how?.word === 'ignoring' ? { ...how, word: 'on' } : how, left, right),
  },
  'matching needs the name as well': {
    matching: (how, left, right) => {
      const [a, b] = [left.get('__name__'), right.get('__name__')]
      const same = a !== undefined && b !== undefined && union(a, b).values?.length === a.values?.length
      const found = meaningRules.matching(how, left, right)
      return a === undefined || b === undefined || same ? found : { ...found, never: 'other names' }
    },
  },
  '!= is read as =': {
    selectorLabels: (labels, matchers) =>
      meaningRules.selectorLabels(
        labels,
        matchers.map((one) => (one.op === '!=' ? { ...one, op: '=' as const } : one)),
      ),
  },
  'a regular expression is not anchored': {
    selectorLabels: (labels, matchers) =>
      meaningRules.selectorLabels(
        labels,
        matchers.map((one) => (one.op === '!~' ? { ...one, value: `.*${one.value}` } : one)),
      ),
  },
  'sum() is no more than its greatest value': {
    aggregateValues: (op, of, series, param) =>
      meaningRules.aggregateValues(op === 'sum' ? 'max' : op, of, series, param),
  },
  'sum_over_time() is no more than its greatest sample': {
    overTime: (fn, of, samples, share) =>
      meaningRules.overTime(fn === 'sum_over_time' ? 'max_over_time' : fn, of, samples, share),
  },
  'stddev is the spread, but the lower half of it': {
    overTime: (fn, of, samples, share) =>
      fn === 'stddev_over_time' ? interval(0, (of.hi - of.lo) / 8) : meaningRules.overTime(fn, of, samples, share),
  },
  'a difference is a sum': {
    arithmetic: (op, left, right) => meaningRules.arithmetic(op === '-' ? '+' : op, left, right),
  },
  'nothing divided by nothing is a number': {
    arithmetic: (op, left, right) => {
      const found = meaningRules.arithmetic(op, left, right)
      return op === '/' ? interval(found.lo, found.hi, { infinite: found.infinite, nan: false }) : found
    },
  },
  'every quotient is a share': {
    share: (node, _left, _right, found) => (node.op === '/' ? interval(0, 1, { nan: found.nan }) : found),
  },
  'a whole divided by its part is a share': {
    share: (node, left, right, found) => {
      const turned = meaningRules.share(node, right, left, found)
      return turned === found ? meaningRules.share(node, left, right, found) : turned
    },
  },
  'abs() turns the sign': {
    mathOf: (fn, of) => (fn === 'abs' ? negate(of) : meaningRules.mathOf(fn, of)),
  },
  'functions of each value are never below 1': {
    mathOf: (fn, of) => {
      const found = meaningRules.mathOf(fn, of)
      return found === null ? null : interval(Math.max(1, found.lo), Math.max(1, found.hi), found)
    },
  },
  'topk() drops labels like sum()': {
    aggregateLabels: (node, labels, series) =>
      meaningRules.aggregateLabels(node.op === 'topk' ? { ...node, op: 'sum' } : node, labels, series),
  },
  'count_values() adds no label': {
    aggregateLabels: (node, labels, series) =>
      meaningRules.aggregateLabels(node.op === 'count_values' ? { ...node, op: 'count' } : node, labels, series),
  },
  'count() is one too few': {
    aggregateValues: (op, of, series, param) =>
      meaningRules.aggregateValues(op, of, op === 'count' ? Math.max(1, series - 1) : series, param),
  },
  'quantile() of a group is always within its values': {
    aggregateValues: (op, of, series, param) =>
      meaningRules.aggregateValues(op === 'quantile' ? 'max' : op, of, series, param),
  },
  'histogram_quantile() keeps le': {
    callLabels: (node, labels) => (node.fn === 'histogram_quantile' ? labels : meaningRules.callLabels(node, labels)),
  },
  'histogram_quantile() is never below the first bound, nor NaN': {
    histogramQuantile: (share, of) => {
      const found = meaningRules.histogramQuantile(share, of)
      return interval(Math.max(found.lo, 0.1), found.hi, { infinite: found.infinite })
    },
  },
  'label_join() ignores its separator': {
    callLabels: (node, labels) =>
      meaningRules.callLabels(
        node.fn === 'label_join'
          ? { ...node, args: node.args.map((arg, i) => (i === 2 ? { kind: 'string' as const, value: '' } : arg)) }
          : node,
        labels,
      ),
  },
  'absent() has a label for each matcher': {
    absence: (node, of, common) => {
      const found = meaningRules.absence(node, of, common)
      const [given] = node.args
      const asked = given?.kind === 'selector' ? given.matchers : []
      return { ...found, labels: new Map(asked.map(({ label, value }) => [label, closedDomain(value)])) }
    },
  },
  'clamp() has its lower limit only': {
    clamped: (of, least) => meaningRules.clamped(of, least, interval(Infinity, Infinity)),
  },
  'a minus changes no value': {
    negated: (of) => of,
  },
  'a remainder is never NaN': {
    arithmetic: (op, left, right) => {
      const found = meaningRules.arithmetic(op, left, right)
      return op === '%' ? interval(found.lo, found.hi, { infinite: found.infinite }) : found
    },
  },
  'a quotient is finite': {
    arithmetic: (op, left, right) => {
      const found = meaningRules.arithmetic(op, left, right)
      return op === '/' ? interval(found.lo, found.hi, { nan: found.nan }) : found
    },
  },
  '`or` has as many series as its larger side': {
    eitherSide: (left, right, common) => ({
      ...meaningRules.eitherSide(left, right, common),
      series: Math.max(left.series, right.series),
    }),
  },
  '`or` has the key of its left side': {
    eitherSide: (left, right, common) => ({ ...meaningRules.eitherSide(left, right, common), key: left.key }),
  },
}
