import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from '../../generators/promql/parse.ts'
import { readPage } from '../checks/page.ts'

type Said = readonly [part: string, message: string, fix: string]

// What people write who know another language, or whose editor "corrects" them: questions and bug reports are full of these.
const usual: readonly (readonly [text: string, ...said: Said[]])[] = [
  ['a => 5', ['=>', 'PromQL has no => operator', 'use >=']],
  ['a =< 5', ['=<', 'PromQL has no =< operator', 'use <=']],
  ['a = 5', ['=', '= is only valid inside braces', 'use == to compare']],
  ['a <> 5', ['<>', 'PromQL has no <> operator', 'use !=']],
  ['a > 5 && b > 5', ['&&', 'PromQL has no && operator', 'use `and`']],
  ['a > 5 || b > 5', ['||', 'PromQL has no || operator', 'use `or`']],
  ['!a', ['!', 'PromQL has no `!` operator', 'compare with == 0, or exclude series with `unless`']],
  ['not a', ['not a', 'PromQL has no `not` operator', 'compare with == 0, or exclude series with `unless`']],
  ['a ** 2', ['**', 'PromQL has no ** operator', 'use ^ for powers']],
  ['a ? 1 : 0', ['?', 'PromQL has no ? operator', 'filter each case with a comparison, and join the cases with `or`']],
  ['a ~ "x"', ['~', '~ is only valid inside braces', 'write it as a matcher, such as {label=~"…"}']],
  ['a += 2', ['+=', 'PromQL has no += operator', 'use + or ==']],
  ['a ≥ 5', ['≥', '≥ is not a PromQL character', 'use >=']],
  ['a{job=“x”}', ['“', '“ is not a PromQL character', 'use "']],
  ['a > 5 and < 10', ['<', 'missing left side before <', 'repeat the left side']],
  ['a > 5 // comment', ['// comment', 'comments begin with #', 'write # here']],
  ['a > 5%', ['%', '% is the modulo operator, not percent', 'write the number without it']],
  ['a > 10MB', ['10MB', '10MB is not a number, and PromQL has no unit prefixes', 'write 10000000']],
  ['a > 1.5Ki', ['1.5Ki', '1.5Ki is not a number, and PromQL has no unit prefixes', 'write 1536']],
  ['a > 1,000', ['1,000', '1,000 is not a number: commas separate arguments', 'write 1000']],
  ['a > 5 for 5m', ['for 5m', 'for 5m belongs in the rule, not in the expression', 'remove it']],
  ['a > 5;', [';', 'an expression does not end with ;', 'remove it']],
  [
    'a > "5"',
    [
      '"5"',
      '> works on numbers and instant vectors, not on a string',
      'write numbers without quotes; labels are matched inside braces',
    ],
  ],
  ['if a > 5', ['if a', 'PromQL has no keyword if', 'write the condition as a comparison']],
  ['my metric', ['metric', 'missing operator before metric', '']],
  [
    'my.metric',
    [
      'my.metric',
      'my.metric needs quotes: it has characters other than letters, digits, _ and :',
      'write {"my.metric"}',
    ],
  ],
  ['rate(a[5 minutes])', ['5 minutes', '5 minutes is not a duration', 'write 5m']],
  ['rate(a[5min])', ['5min', '5min is not a duration', 'write 5m']],
  ['rate(a[1.5h])', ['1.5h', '1.5h is not a duration: fractions are not allowed', 'use whole units, such as 1h30m']],
  ['rate(a[])', ['[]', 'missing window between the brackets', 'write one, such as [5m]']],
  [
    'rate(a[$interval])',
    ['$interval', '$interval is a Grafana variable, which Prometheus does not know', 'write a window, such as 5m'],
  ],
  ['rate(a[300y])', ['300y', '300y is too long: a duration is at most 292 years', '']],
  ['rate(a[-5m])', ['-5m', '-5m is not a positive duration', 'use a duration above 0']],
  ['a{job=$job}', ['$job', '$job is a Grafana variable, which Prometheus does not know', 'write its value']],
  ['a{job=foo}', ['job=foo', 'the value of job needs quotes', 'write job="foo"']],
  ['a{job:"foo"}', ['job:', ': is not a matcher operator', 'write job="…"']],
  ['a{job=="foo"}', ['job==', '== is not a matcher operator', 'write job="…"']],
  ['a{job ~= "foo"}', ['job ~=', '~= is not a matcher operator', 'write job=~"…"']],
  ['a{job<>"foo"}', ['job<>', '<> is not a matcher operator', 'write job!="…"']],
  [
    'a{status>=499}',
    [
      'status>=',
      'label values are strings, and >= is not a matcher operator',
      'match a pattern, such as status=~"5.."',
    ],
  ],
  ['a{job in ("a", "b")}', ['job in ("a", "b")', 'in is not a matcher operator', 'write job=~"one|other"']],
  ['a{job not in ("a", "b")}', ['job not in ("a", "b")', 'in is not a matcher operator', 'write job!~"one|other"']],
  ['a{job like "b"}', ['job like', 'like is not a matcher operator', 'write job=~".*…"']],
  [
    'a{job="a" or job="b"}',
    [
      'or',
      'or is not allowed between matchers: all of them have to match',
      'match several values of a label with =~"one|other"',
    ],
  ],
  ['a{job!="x" && env="y"}', ['&&', 'matchers are separated by commas, not by &&', 'write a comma']],
  [
    'a{job="a","b"}',
    [
      'a{job="a","b"}',
      'the metric name is set twice: a and b',
      'remove one, or match several values of a label with =~"one|other"',
    ],
  ],
  ['a{job="foo" env="x"}', ['env', 'missing comma before env', 'add one']],
  ['a{u="http://x && y"} b', ['b', 'missing operator before b', '']],
  [
    'a{my-label="x"}',
    ['my-label', 'my-label needs quotes: it has characters other than letters, digits and _', 'write "my-label"'],
  ],
  ['a{job="x",,}', [',,', 'there is one comma too many', 'remove it']],
  ['rate(a{job="x"}[5m)', [')', 'unexpected ) while [ is still open', 'write ] before it']],
  ['rate(a{job="x"[5m]})', ['[', 'the window comes after the braces', 'write } before it']],
  ['sum(a) by x', ['by x', 'the labels of by need parentheses', 'write by (x)']],
  [
    'sum(a by (x))',
    ['by (', 'by belongs to an aggregation, before or after its parentheses', 'for example sum by (…) (…)'],
  ],
  [
    'sum(a) group by (x)',
    ['group by', 'group is an aggregation of its own, not part of by', 'write by (…) after the aggregation'],
  ],
  ['sum by (x) a', ['a', 'the argument of an aggregation needs parentheses', 'write (a)']],
  ['a on(x) b', ['on(', 'on comes after an operator', 'write the operator before it, such as * on (…)']],
  [
    'a * group_left(x) b',
    ['group_left', 'group_left comes after on (…) or ignoring (…)', 'for example on (…) group_left (…)'],
  ],
  ['a > 5 or', ['r', 'unexpected end of expression after or', '']],
  ['a offset "5m"', ['"5m"', 'durations are written without quotes', 'remove the quotes']],
  ['a @ now', ['now', 'now is not a timestamp', 'use seconds since 1970, start() or end()']],
  ['rate(a)', ['a', 'rate() expects a range vector, got an instant vector', 'add a window, such as [5m]']],
  [
    'rate(sum(a)[5m])',
    ['sum(a)[5m]', 'a range is only allowed after a selector', 'write it after the metric, such as sum(rate(…[5m]))'],
  ],
  [
    'rate(sum(a[5m]))',
    [
      'sum(a[5m])',
      'rate() expects a range vector, got an instant vector',
      'apply rate() to the metric first, then sum',
    ],
    [
      'a[5m]',
      'sum() expects an instant vector, got a range vector',
      'apply a function such as rate() or avg_over_time()',
    ],
  ],
  [
    'increase(a)[5m]',
    ['increase(a)[5m]', 'a range is only allowed after a selector', 'write it after the metric, inside increase(…)'],
    ['a', 'increase() expects a range vector, got an instant vector', 'add a window, such as [5m]'],
  ],
  [
    'max_over_time(rate(a[5m])[1h])',
    ['rate(a[5m])[1h]', 'a range is only allowed after a selector', 'use a subquery, such as [5m:]'],
  ],
  [
    'avg_over_time(rate(a[5m]))',
    ['rate(a[5m])', 'avg_over_time() expects a range vector, got an instant vector', 'use a subquery, such as [5m:]'],
  ],
  [
    'sum(a[5m])',
    [
      'a[5m]',
      'sum() expects an instant vector, got a range vector',
      'apply a function such as rate() or avg_over_time()',
    ],
  ],
  [
    'a[5m] > 5',
    [
      'a[5m]',
      '> works on numbers and instant vectors, not on a range vector',
      'apply a function such as rate() or avg_over_time()',
    ],
  ],
  [
    'histogram_quantile(a_bucket, 0.95)',
    ['a_bucket', 'histogram_quantile() expects a number, got an instant vector', 'put the number first'],
    ['0.95', 'histogram_quantile() expects an instant vector, got a number', 'put the number first'],
  ],
  [
    'topk(a, 5)',
    ['a', 'topk() expects a number, got an instant vector', 'put the number first'],
    ['5', 'topk() expects an instant vector, got a number', 'put the number first'],
  ],
  ['mean(a)', ['mean', 'unknown function mean', 'use avg across series, or avg_over_time over time']],
  ['now() - a', ['now', 'unknown function now', 'use time()']],
  [
    'label_values(a, x)',
    ['label_values', 'unknown function label_values', 'it belongs in a Grafana variable, not in PromQL'],
  ],
  ['top(5, a)', ['top', 'unknown function top', 'use topk or bottomk']],
  [
    'max(a, 5)',
    [
      'max(a, 5)',
      'max() takes one instant vector, got two arguments',
      'use clamp_min() for the larger of a vector and a number',
    ],
  ],
  ['sum(a, b)', ['sum(a, b)', 'sum() takes one instant vector, got two arguments', 'use + between them']],
  [
    '{{ $value }} > 5',
    ['{{ $value }}', '{{ $value }} is a notification template, which an expression cannot use', 'write its value'],
  ],
]
for (const [text, ...said] of usual)
  test(`${text}: the message says what was meant`, () => {
    const parsed = parse(text)
    assert.ok(!parsed.ok)
    assert.deepEqual(
      parsed.errors.map(({ from, to, message, fix }) => [text.slice(from, to), message, fix]),
      said,
    )
  })

test('the syntax page lists usual mistakes with their exact messages', () => {
  const rows = [...readPage('BW001-syntax.md').text.matchAll(/^\| `(.*?)` +\| (.*?) +\|$/gm)]
  assert.ok(rows.length > 10)
  for (const [, text = '', said] of rows) {
    const parsed = parse(text)
    assert.ok(!parsed.ok, text)
    assert.equal(
      parsed.errors.map(({ message, fix }) => (fix === '' ? message : `${message}: ${fix}`)).join('; '),
      said,
    )
  }
})
