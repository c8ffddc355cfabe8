import { union } from '../../generators/meaning/domain.ts'
import { interval, negated } from '../../generators/meaning/interval.ts'
import { type Rules, rules } from '../../generators/meaning/rules.ts'

/** Rules with one fault each, put in place of the right ones. */
export const plantedFaults: Readonly<Record<string, Partial<Rules>>> = {
  'by() loses its first label': {
    aggregateLabels: (node, labels, series) =>
      rules.aggregateLabels({ ...node, labels: node.labels.slice(1) }, labels, series),
  },
  'without() keeps what it should drop': {
    aggregateLabels: (node, labels, series) =>
      rules.aggregateLabels(node.word === 'without' ? { ...node, labels: [] } : node, labels, series),
  },
  'group_left() takes nothing over': {
    binaryLabels: (node, left, right, refined) =>
      rules.binaryLabels(
        node.matching === null ? node : { ...node, matching: { ...node.matching, include: [] } },
        left,
        right,
        refined,
      ),
  },
  'group_right() has the labels of the left side': {
    binaryLabels: (node, left, right, refined) =>
      node.matching?.group === 'right'
        ? rules.binaryLabels({ ...node, matching: { ...node.matching, group: 'left' } }, left, right, refined)
        : rules.binaryLabels(node, left, right, refined),
  },
  '`or` has the values of the left side only': {
    eitherSide: (left, right, common) => ({ ...rules.eitherSide(left, right, common), values: left.values }),
  },
  '`or` has the labels of the left side only': {
    eitherSide: (left, right, common) => ({ ...rules.eitherSide(left, right, common), labels: left.labels }),
  },
  'a function keeps the name of the metric': {
    callLabels: (node, labels) => (node.fn === 'rate' ? labels : rules.callLabels(node, labels)),
  },
  'label_replace() changes nothing': {
    callLabels: (node, labels) => (node.fn === 'label_replace' ? labels : rules.callLabels(node, labels)),
  },
  'le is what tells quantiles apart': {
    callKey: (node, key, labels) => (node.fn === 'histogram_quantile' ? [] : rules.callKey(node, key, labels)),
  },
  '> keeps the values below': {
    compared: (op, left, right) => rules.compared(op === '>' ? '<' : op, left, right),
  },
  'ignoring() is read as on()': {
    matching: (how, left, right) =>
      rules.matching(how?.word === 'ignoring' ? { ...how, word: 'on' } : how, left, right),
  },
  'matching needs the name as well': {
    matching: (how, left, right) => {
      const [a, b] = [left.get('__name__'), right.get('__name__')]
      const same = a !== undefined && b !== undefined && union(a, b).values?.length === a.values?.length
      const found = rules.matching(how, left, right)
      return a === undefined || b === undefined || same ? found : { ...found, never: 'other names' }
    },
  },
  '!= is read as =': {
    selectorLabels: (labels, matchers) =>
      rules.selectorLabels(
        labels,
        matchers.map((one) => (one.op === '!=' ? { ...one, op: '=' as const } : one)),
      ),
  },
  'a regular expression is not anchored': {
    selectorLabels: (labels, matchers) =>
      rules.selectorLabels(
        labels,
        matchers.map((one) => (one.op === '!~' ? { ...one, value: `.*${one.value}` } : one)),
      ),
  },
  'sum() is no more than its greatest value': {
    aggregateValues: (op, of, series, param) => rules.aggregateValues(op === 'sum' ? 'max' : op, of, series, param),
  },
  'sum_over_time() is no more than its greatest sample': {
    overTime: (fn, of, samples, share) =>
      rules.overTime(fn === 'sum_over_time' ? 'max_over_time' : fn, of, samples, share),
  },
  'stddev is the spread, but the lower half of it': {
    overTime: (fn, of, samples, share) =>
      fn === 'stddev_over_time' ? interval(0, (of.hi - of.lo) / 8) : rules.overTime(fn, of, samples, share),
  },
  'a difference is a sum': {
    arithmetic: (op, left, right) => rules.arithmetic(op === '-' ? '+' : op, left, right),
  },
  'nothing divided by nothing is a number': {
    arithmetic: (op, left, right) => {
      const found = rules.arithmetic(op, left, right)
      return op === '/' ? interval(found.lo, found.hi, { infinite: found.infinite, nan: false }) : found
    },
  },
  'every quotient is a share': {
    share: (node, _left, _right, found) => (node.op === '/' ? interval(0, 1, { nan: found.nan }) : found),
  },
  'a whole divided by its part is a share': {
    share: (node, left, right, found) => {
      const turned = rules.share(node, right, left, found)
      return turned === found ? rules.share(node, left, right, found) : turned
    },
  },
  'abs() turns the sign': {
    mathOf: (fn, of) => (fn === 'abs' ? negated(of) : rules.mathOf(fn, of)),
  },
  'functions of each value are never below 1': {
    mathOf: (fn, of) => {
      const found = rules.mathOf(fn, of)
      return found === null ? null : interval(Math.max(1, found.lo), Math.max(1, found.hi), found)
    },
  },
}
