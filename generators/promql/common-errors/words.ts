import { type CommonError, outside } from './common-error.ts'

const aggregations = 'sum|avg|min|max|count|group|stddev|stdvar|quantile|topk|bottomk'

/** Words in the wrong place, and words of other languages. */
export const wordErrors: readonly CommonError[] = [
  {
    find: /\{\{[^}]*\}\}/g,
    inside: null,
    say: ([given]) => [`${given} is a notification template, which an expression cannot use`, 'write its value'],
  },
  {
    find: /\$\{\w+(?::\w+)?\}|\$\w+/g,
    inside: null,
    say: ([given]) => [
      `${given} is a Grafana variable, which Prometheus does not know`,
      given.includes('interval') ? 'write a window, such as 5m' : 'write its value',
    ],
  },
  {
    find: /\b(by|without|on|ignoring|group_left|group_right)\s+(?!\()(\w+(?:\s*,\s*\w+)*)/gi,
    inside: outside,
    say: ([, word, labels]) => [`the labels of ${word} need parentheses`, `write ${word} (${labels})`],
  },
  {
    find: /\bgroup\s+by\b/gi,
    inside: outside,
    say: () => ['group is an aggregation of its own, not part of by', 'write by (…) after the aggregation'],
  },
  {
    find: /\b(by|without)\b\s*\(/gi,
    inside: outside,
    say: ([, word]) => [
      `${word} belongs to an aggregation, before or after its parentheses`,
      `for example sum ${word} (…) (…)`,
    ],
  },
  {
    find: /\b(on|ignoring)\s*\(/gi,
    inside: outside,
    say: ([, word]) => [`${word} comes after an operator`, `write the operator before it, such as * ${word} (…)`],
  },
  {
    find: /\b(group_left|group_right)\b/gi,
    inside: outside,
    say: ([, word]) => [`${word} comes after on (…) or ignoring (…)`, `for example on (…) ${word} (…)`],
  },
  {
    find: new RegExp(`(?<=\\b(?:${aggregations})(?:\\s+(?:by|without)\\s*\\([^)]*\\))?\\s+)\\w+`, 'gi'),
    inside: outside,
    say: ([given]) => ['the argument of an aggregation needs parentheses', `write (${given})`],
  },
  {
    find: /\bfor\s+\d+\w+|\bALERT\s+\w+\s+IF\b/gi,
    inside: outside,
    say: ([given]) => [`${given} belongs in the rule, not in the expression`, 'remove it'],
  },
  { find: /;\s*$/g, inside: outside, say: () => ['an expression does not end with ;', 'remove it'] },
  {
    find: /\b(?:if|when|select|where|then|else|is|between|having|from)\b(?:\s+\w+)?/gi,
    inside: outside,
    say: ([given]) => [`PromQL has no keyword ${given.split(/\s/)[0]}`, 'write the condition as a comparison'],
  },
  {
    find: /[a-zA-Z_]\w*(?:\.\w+)+/g,
    inside: outside,
    say: ([given]) => [
      `${given} needs quotes: it has characters other than letters, digits, _ and :`,
      `write {"${given}"}`,
    ],
  },
  {
    find: /(?<=[\w)\]}"]\s+)(?!(?:and|or|unless|by|without|on|ignoring|offset|bool)\b)[a-zA-Z_:][\w:]*/gi,
    inside: outside,
    say: ([given]) => [`missing operator before ${given}`, ''],
  },
]

/** The PromQL equivalent of a function from another language; empty if unknown. */
export const meantBy = (name: string): string => elsewhere.find(([names]) => names.test(name))?.[1] ?? ''

const elsewhere: readonly (readonly [RegExp, string])[] = [
  [/^(mean|average)$/i, 'use avg across series, or avg_over_time over time'],
  [/^(median|percentile|p\d\d+)$/i, 'use quantile across series, quantile_over_time over time, or histogram_quantile'],
  [/^(now|unix_timestamp|current_timestamp)$/i, 'use time()'],
  [/^(len|length|size|cardinality)$/i, 'use count'],
  [/^(first|last|latest)$/i, 'use first_over_time or last_over_time'],
  [/^(coalesce|ifnull|isnull|default|nvl)$/i, 'use `or` between a value and its default'],
  [/^(top|bottom)$/i, 'use topk or bottomk'],
  [/^(distinct|uniq|unique|count_distinct)$/i, 'use count (count by (…) (…))'],
  [/^(diff|difference)$/i, 'use delta for a gauge, or increase for a counter'],
  [/^(power|pow)$/i, 'use ^'],
  [/^(greatest|least)$/i, 'use clamp_min or clamp_max'],
  [/^(label_values|query_result|label_names|metrics)$/, 'it belongs in a Grafana variable, not in PromQL'],
]
