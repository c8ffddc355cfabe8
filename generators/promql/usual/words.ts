import { outside, type Usual } from './usual.ts'

const aggregations = 'sum|avg|min|max|count|group|stddev|stdvar|quantile|topk|bottomk'

/** Words in a wrong place, and words that belong to something else. */
export const words: readonly Usual[] = [
  {
    find: /\{\{[^}]*\}\}/g,
    inside: null,
    say: ([given]) => [`${given} is filled in where texts are sent, not in an expression`, 'write what it stands for'],
  },
  {
    find: /\$\{\w+(?::\w+)?\}|\$\w+/g,
    inside: null,
    say: ([given]) => [
      `${given} is a variable of Grafana, which Prometheus does not know`,
      given.includes('interval') ? 'write a window, such as 5m' : 'write what it stands for',
    ],
  },
  {
    find: /\b(by|without|on|ignoring|group_left|group_right)\s+(?!\()(\w+(?:\s*,\s*\w+)*)/gi,
    inside: outside,
    say: ([, word, labels]) => [`the labels of ${word} stand in parentheses`, `write ${word} (${labels})`],
  },
  {
    find: /\bgroup\s+by\b/gi,
    inside: outside,
    say: () => ['group is an aggregation of its own, and no part of by', 'write by (…) behind the aggregation'],
  },
  {
    find: /\b(by|without)\b\s*\(/gi,
    inside: outside,
    say: ([, word]) => [
      `${word} belongs to an aggregation, before its parentheses or behind them`,
      `write such as sum ${word} (…) (…)`,
    ],
  },
  {
    find: /\b(on|ignoring)\s*\(/gi,
    inside: outside,
    say: ([, word]) => [`${word} stands behind an operator`, `write the operator before it, such as * ${word} (…)`],
  },
  {
    find: /\b(group_left|group_right)\b/gi,
    inside: outside,
    say: ([, word]) => [`${word} stands behind on (…) or ignoring (…)`, `write such as on (…) ${word} (…)`],
  },
  {
    find: new RegExp(`(?<=\\b(?:${aggregations})(?:\\s+(?:by|without)\\s*\\([^)]*\\))?\\s+)\\w+`, 'gi'),
    inside: outside,
    say: ([given]) => ['an aggregation takes its argument in parentheses', `write (${given})`],
  },
  {
    find: /\bfor\s+\d+\w+|\bALERT\s+\w+\s+IF\b/gi,
    inside: outside,
    say: ([given]) => [`${given} stands in the rule, beside the expression`, 'leave it out'],
  },
  { find: /;\s*$/g, inside: outside, say: () => ['nothing stands behind an expression', 'leave out the ;'] },
  {
    find: /\b(?:if|when|select|where|then|else|is|between|having|from)\b(?:\s+\w+)?/gi,
    inside: outside,
    say: ([given]) => [`PromQL has no word ${given.split(/\s/)[0]}`, 'write what has to hold as a comparison'],
  },
  {
    find: /[a-zA-Z_]\w*(?:\.\w+)+/g,
    inside: outside,
    say: ([given]) => [
      `${given} is no name without quotes: it has letters other than a to z, 0 to 9, _ and :`,
      `write {"${given}"}`,
    ],
  },
  {
    find: /(?<=[\w)\]}"]\s+)(?!(?:and|or|unless|by|without|on|ignoring|offset|bool)\b)[a-zA-Z_:][\w:]*/gi,
    inside: outside,
    say: ([given]) => [`an operator is missing before ${given}`, ''],
  },
]

/** What a function is called in PromQL that is called otherwise elsewhere; empty where that is not known. */
export const meantBy = (name: string): string => elsewhere.find(([names]) => names.test(name))?.[1] ?? ''

const elsewhere: readonly (readonly [RegExp, string])[] = [
  [/^(mean|average)$/i, 'write avg over series, or avg_over_time over time'],
  [/^(median|percentile|p\d\d+)$/i, 'write quantile over series, quantile_over_time over time, or histogram_quantile'],
  [/^(now|unix_timestamp|current_timestamp)$/i, 'write time()'],
  [/^(len|length|size|cardinality)$/i, 'write count'],
  [/^(first|last|latest)$/i, 'write first_over_time or last_over_time'],
  [/^(coalesce|ifnull|isnull|default|nvl)$/i, 'write or between what is there and what is not'],
  [/^(top|bottom)$/i, 'write topk or bottomk'],
  [/^(distinct|uniq|unique|count_distinct)$/i, 'write count (count by (…) (…))'],
  [/^(diff|difference)$/i, 'write delta for a gauge, or increase for a counter'],
  [/^(power|pow)$/i, 'write ^'],
  [/^(greatest|least)$/i, 'write clamp_min or clamp_max'],
  [/^(label_values|query_result|label_names|metrics)$/, 'it asks for the values of a variable of Grafana'],
]
