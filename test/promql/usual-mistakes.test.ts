import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from '../../generators/promql/parse.ts'
import { readPage } from '../checks/page.ts'

type Said = readonly [part: string, message: string, fix: string]

// What people write who know another language, or whose editor means well: questions and bug reports are full of these.
const usual: readonly (readonly [text: string, ...said: Said[]])[] = [
  ['a => 5', ['=>', '=> is no operator', 'write >=']],
  ['a =< 5', ['=<', '=< is no operator', 'write <=']],
  ['a = 5', ['=', '= stands between braces only', 'write == to compare']],
  ['a <> 5', ['<>', '<> is no operator', 'write !=']],
  ['a > 5 && b > 5', ['&&', '&& is no operator', 'write and']],
  ['a > 5 || b > 5', ['||', '|| is no operator', 'write or']],
  ['!a', ['!', '! is no operator', 'write == 0 where it is a number, or unless behind what is left']],
  ['not a', ['not a', 'not is no operator', 'write == 0 where it is a number, or unless behind what is left']],
  ['a ** 2', ['**', '** is no operator', 'write ^ for a power']],
  [
    'a ? 1 : 0',
    ['?', '? is no operator', 'choose with a comparison, which leaves out what it does not hold for, and or'],
  ],
  ['a ~ "x"', ['~', '~ stands between braces only', 'write it as a matcher, such as {label=~"…"}']],
  ['a += 2', ['+=', '+= is no operator', 'write + or ==']],
  ['a ≥ 5', ['≥', '≥ is no letter of PromQL', 'write >=']],
  ['a{job=“x”}', ['“', '“ is no letter of PromQL', 'write "']],
  ['a > 5 and < 10', ['<', 'what is compared is missing before <', 'write it at both sides']],
  ['a > 5 // comment', ['// comment', 'a comment begins with #', 'write # here']],
  ['a > 5%', ['%', '% is what a division leaves over, not percent', 'write the number without it']],
  ['a > 10MB', ['10MB', '10MB is no number: PromQL has no prefixes', 'write 10000000']],
  ['a > 1.5Ki', ['1.5Ki', '1.5Ki is no number: PromQL has no prefixes', 'write 1536']],
  ['a > 1,000', ['1,000', '1,000 is no number: a comma stands between arguments', 'write 1000']],
  ['a > 5 for 5m', ['for 5m', 'for 5m stands in the rule, beside the expression', 'leave it out']],
  ['a > 5;', [';', 'nothing stands behind an expression', 'leave out the ;']],
  [
    'a > "5"',
    [
      '"5"',
      '> stands between numbers and vectors, not a string',
      'write a number without quotes; a label is compared between braces',
    ],
  ],
  ['if a > 5', ['if a', 'PromQL has no word if', 'write what has to hold as a comparison']],
  ['my metric', ['metric', 'an operator is missing before metric', '']],
  [
    'my.metric',
    [
      'my.metric',
      'my.metric is no name without quotes: it has letters other than a to z, 0 to 9, _ and :',
      'write {"my.metric"}',
    ],
  ],
  ['rate(a[5 minutes])', ['5 minutes', '5 minutes is no duration', 'write 5m']],
  ['rate(a[5min])', ['5min', '5min is no duration', 'write 5m']],
  ['rate(a[1.5h])', ['1.5h', '1.5h is no duration, which has no fractions', 'write whole parts, such as 1h30m']],
  ['rate(a[])', ['[]', 'there is no window between the brackets', 'write one, such as [5m]']],
  [
    'rate(a[$interval])',
    ['$interval', '$interval is a variable of Grafana, which Prometheus does not know', 'write a window, such as 5m'],
  ],
  ['rate(a[300y])', ['300y', '300y is too long a time: 292 years at most', '']],
  ['rate(a[-5m])', ['-5m', '-5m is no length of time', 'give it a length above 0']],
  [
    'a{job=$job}',
    ['$job', '$job is a variable of Grafana, which Prometheus does not know', 'write what it stands for'],
  ],
  ['a{job=foo}', ['job=foo', 'the value of job is not in quotes', 'write job="foo"']],
  ['a{job:"foo"}', ['job:', ': is no operator between braces', 'write job="…"']],
  ['a{job=="foo"}', ['job==', '== is no operator between braces', 'write job="…"']],
  ['a{job ~= "foo"}', ['job ~=', '~= is no operator between braces', 'write job=~"…"']],
  ['a{job<>"foo"}', ['job<>', '<> is no operator between braces', 'write job!="…"']],
  [
    'a{status>=499}',
    ['status>=', 'status is text, and >= is no operator between braces', 'ask by a pattern, such as status=~"5.."'],
  ],
  ['a{job in ("a", "b")}', ['job in ("a", "b")', 'in is no operator between braces', 'write job=~"one|other"']],
  ['a{job not in ("a", "b")}', ['job not in ("a", "b")', 'in is no operator between braces', 'write job!~"one|other"']],
  ['a{job like "b"}', ['job like', 'like is no operator between braces', 'write job=~".*…"']],
  [
    'a{job="a" or job="b"}',
    [
      'or',
      'or is no operator between braces, where all matchers have to hold',
      'ask for several values of a label by =~"one|other"',
    ],
  ],
  ['a{job!="x" && env="y"}', ['&&', '&& does not stand between matchers', 'write a comma']],
  [
    'a{job="a","b"}',
    [
      'a{job="a","b"}',
      `the metric's name is given twice: a and b`,
      'leave one out, or ask for several values of a label by =~"one|other"',
    ],
  ],
  ['a{job="foo" env="x"}', ['env', 'a comma is missing before env', 'write one']],
  ['a{u="http://x && y"} b', ['b', 'an operator is missing before b', '']],
  [
    'a{my-label="x"}',
    [
      'my-label',
      'my-label is no name without quotes: it has letters other than a to z, 0 to 9 and _',
      'write "my-label"',
    ],
  ],
  ['a{job="x",,}', [',,', 'there is a comma too many', 'leave one out']],
  ['rate(a{job="x"}[5m)', [')', 'this ) stands where [ is still open', 'write ] before it']],
  ['rate(a{job="x"[5m]})', ['[', 'a window stands behind the braces', 'write } before it']],
  ['sum(a) by x', ['by x', 'the labels of by stand in parentheses', 'write by (x)']],
  [
    'sum(a by (x))',
    ['by (', 'by belongs to an aggregation, before its parentheses or behind them', 'write such as sum by (…) (…)'],
  ],
  [
    'sum(a) group by (x)',
    ['group by', 'group is an aggregation of its own, and no part of by', 'write by (…) behind the aggregation'],
  ],
  ['sum by (x) a', ['a', 'an aggregation takes its argument in parentheses', 'write (a)']],
  ['a on(x) b', ['on(', 'on stands behind an operator', 'write the operator before it, such as * on (…)']],
  [
    'a * group_left(x) b',
    ['group_left', 'group_left stands behind on (…) or ignoring (…)', 'write such as on (…) group_left (…)'],
  ],
  ['a > 5 or', ['r', 'it ends too early: nothing stands behind or', '']],
  ['a offset "5m"', ['"5m"', 'a duration stands without quotes', 'leave them out']],
  ['a @ now', ['now', 'now is no moment', 'write seconds since 1970, start() or end()']],
  ['rate(a)', ['a', 'rate() takes a range of samples, and was given a vector', 'give it a window, such as [5m]']],
  [
    'rate(sum(a)[5m])',
    ['sum(a)[5m]', 'a range stands behind a selector only', 'write it behind the metric, such as sum(rate(…[5m]))'],
  ],
  [
    'rate(sum(a[5m]))',
    [
      'sum(a[5m])',
      'rate() takes a range of samples, and was given a vector',
      'take rate() of the metric inside, and sum of that',
    ],
    [
      'a[5m]',
      'sum() takes a vector, and was given a range of samples',
      'take a function of it, such as rate() or avg_over_time()',
    ],
  ],
  [
    'increase(a)[5m]',
    ['increase(a)[5m]', 'a range stands behind a selector only', 'write it behind the metric, inside increase(…)'],
    ['a', 'increase() takes a range of samples, and was given a vector', 'give it a window, such as [5m]'],
  ],
  [
    'max_over_time(rate(a[5m])[1h])',
    ['rate(a[5m])[1h]', 'a range stands behind a selector only', 'take a subquery, such as [5m:]'],
  ],
  [
    'avg_over_time(rate(a[5m]))',
    [
      'rate(a[5m])',
      'avg_over_time() takes a range of samples, and was given a vector',
      'take a subquery of it, such as [5m:]',
    ],
  ],
  [
    'sum(a[5m])',
    [
      'a[5m]',
      'sum() takes a vector, and was given a range of samples',
      'take a function of it, such as rate() or avg_over_time()',
    ],
  ],
  [
    'a[5m] > 5',
    [
      'a[5m]',
      '> stands between numbers and vectors, not a range of samples',
      'take a function of it, such as rate() or avg_over_time()',
    ],
  ],
  [
    'histogram_quantile(a_bucket, 0.95)',
    ['a_bucket', 'histogram_quantile() takes a number, and was given a vector', 'write the number first'],
    ['0.95', 'histogram_quantile() takes a vector, and was given a number', 'write the number first'],
  ],
  [
    'topk(a, 5)',
    ['a', 'topk() takes a number, and was given a vector', 'write the number first'],
    ['5', 'topk() takes a vector, and was given a number', 'write the number first'],
  ],
  ['mean(a)', ['mean', 'there is no function mean', 'write avg over series, or avg_over_time over time']],
  ['now() - a', ['now', 'there is no function now', 'write time()']],
  [
    'label_values(a, x)',
    ['label_values', 'there is no function label_values', 'it asks for the values of a variable of Grafana'],
  ],
  ['top(5, a)', ['top', 'there is no function top', 'write topk or bottomk']],
  [
    'max(a, 5)',
    [
      'max(a, 5)',
      'max() takes a vector only, and was given two arguments',
      'write clamp_min() for the larger of a vector and a number',
    ],
  ],
  ['sum(a, b)', ['sum(a, b)', 'sum() takes a vector only, and was given two arguments', 'write + between them']],
  [
    '{{ $value }} > 5',
    [
      '{{ $value }}',
      '{{ $value }} is filled in where texts are sent, not in an expression',
      'write what it stands for',
    ],
  ],
]
for (const [text, ...said] of usual)
  test(`${text}: says what was meant`, () => {
    const parsed = parse(text)
    assert.ok(!parsed.ok)
    assert.deepEqual(
      parsed.mistakes.map(({ from, to, message, fix }) => [text.slice(from, to), message, fix]),
      said,
    )
  })

test('the page about syntax names usual mistakes as they are told', () => {
  const rows = [...readPage('BW001-syntax.md').text.matchAll(/^\| `(.*?)` +\| (.*?) +\|$/gm)]
  assert.ok(rows.length > 10)
  for (const [, text = '', said] of rows) {
    const parsed = parse(text)
    assert.ok(!parsed.ok, text)
    assert.equal(
      parsed.mistakes.map(({ message, fix }) => (fix === '' ? message : `${message}: ${fix}`)).join('; '),
      said,
    )
  }
})
