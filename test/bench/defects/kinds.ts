import type { DefectKind, SourceFiles } from './kind.ts'

const metricFiles = /(^|\/)metrics\.ts$/
const alertFiles = /\/alerts\.ts$/
const asking = /(\/alerts|dashboards\/\w+|records)\.ts$/
const boards = /^dashboards\//

const asked = (sources: SourceFiles, text: RegExp): boolean =>
  [...sources].some(([file, source]) => asking.test(file) && text.test(source))

const otherUnit: Readonly<Record<string, string>> = {
  bps: 'seconds',
  percent: 'seconds',
  ratio: 'seconds',
  seconds: 'usdt',
  usdt: 'seconds',
  ms: 'usdt',
  score: 'seconds',
}

/** Every unit under a name that no file of a bot has. */
const units = Object.values(otherUnit)
  .filter((unit, i, all) => all.indexOf(unit) === i)
  .map((unit) => `${unit} as ${unit}Instead`)
  .join(', ')

/** The last letter of a name doubled: a typing mistake. */
const misspelt = (name: string): string => name + name.slice(-1)

/** Mistakes that people make in monitoring, each in every place of the definitions where it applies. */
export const defectKinds: readonly DefectKind[] = [
  {
    name: 'metric renamed where it is declared, not where it is asked',
    files: metricFiles,
    find: /^ {2}(\w+): (?=(counter|gauge|histogram|age|info|stateSet)\()/m,
    put: ([, name = ''], sources) => (asked(sources, new RegExp(`metrics\\.${name}\\b`)) ? `  new_${name}: ` : null),
  },
  {
    name: 'metric misspelt in a rule or a panel',
    files: asking,
    find: /metrics\.(\w+)/,
    put: ([, name = '']) => `metrics.${misspelt(name)}`,
  },
  {
    name: 'label renamed where it is declared',
    files: metricFiles,
    find: /(\w+): oneOf\(/,
    put: ([, name = ''], sources) =>
      asked(sources, new RegExp(`'${name}'|\\b${name}:`)) ? `new_${name}: oneOf(` : null,
  },
  {
    name: 'label misspelt in an aggregation',
    files: asking,
    find: /\.by\('(\w+)'/,
    put: ([, name = '']) => `.by('${misspelt(name)}'`,
  },
  {
    name: 'label misspelt in a selector',
    files: asking,
    find: /\.where\(\{ (\w+): /,
    put: ([, name = '']) => `.where({ ${misspelt(name)}: `,
  },
  {
    name: 'label value misspelt in a selector',
    files: asking,
    find: /\.where\(\{ (\w+): '(\w+)'/,
    put: ([, name = '', value = '']) => `.where({ ${name}: '${misspelt(value)}'`,
  },
  {
    name: 'value taken out of a closed label that rules ask for',
    files: metricFiles,
    find: /oneOf\(([^)]*)\)/,
    put([, values = ''], sources) {
      const all = values.split(', ')
      const gone = all.find((value) => asked(sources, new RegExp(`where\\(\\{[^}]*${value}`)))
      return gone === undefined || all.length < 2 ? null : `oneOf(${all.filter((value) => value !== gone).join(', ')})`
    },
  },
  {
    name: 'unit of a metric changed',
    files: metricFiles,
    find: /^( {2}(\w+): [\s\S]{0,200}?unit: )(bps|seconds|usdt|percent|ratio|ms)\b/m,
    head: (bot) => `import { ${units} } from '${bot}/../language/index.ts'`,
    put: ([, head = '', name = '', unit = ''], sources) =>
      asked(sources, new RegExp(`metrics\\.${name}\\b[^;]{0,120}\\.(gt|lt|gte|lte)\\(`))
        ? head + otherUnit[unit]
        : null,
  },
  {
    name: 'limit in a wrong unit',
    files: alertFiles,
    find: /\.(gt|lt|gte|lte)\((bps|seconds|usdt|percent|score|ms)\(/,
    head: (bot) => `import { ${units} } from '${bot}/../language/index.ts'`,
    put: ([, compare = '', unit = '']) => `.${compare}(${otherUnit[unit]}Instead(`,
  },
  {
    name: 'limit that no value can reach',
    files: alertFiles,
    find: /(histogram_quantile[\s\S]*?\.gt\((?:bps|seconds|ms)\(|\.div\((?:taken|[\s\S]{0,80}max\w*)\)[\s\S]{0,40}?\.gt\(percent\()(\d+)/,
    put: ([, head = '', limit = '']) => `${head}${Number(limit) * 1000}`,
  },
  {
    name: 'limit that every value passes',
    files: alertFiles,
    find: /\.gt\((0|perSecond\(0\))\)/,
    put: ([, limit = '']) => `.gte(${limit})`,
  },
  {
    name: 'comparison that can never be true',
    files: alertFiles,
    find: /\.gt\((0|perSecond\(0\))\)/,
    put: ([, limit = '']) => `.lt(${limit})`,
  },
  {
    name: 'buckets that end below the limit of an alert',
    files: metricFiles,
    find: /^ {2}(\w+): histogram\([\s\S]*?buckets: \[(.*)\]/m,
    put([whole, name = '', list = ''], sources) {
      if (![...sources].some(([file, text]) => alertFiles.test(file) && text.includes(`metrics.${name}`))) return null
      const kept = list.split(', ').slice(0, 3)
      return whole.replace(list, kept.join(', '))
    },
  },
  {
    name: 'bucket of the limit taken out, its neighbours with it',
    files: metricFiles,
    find: /^ {2}(\w+): histogram\([\s\S]*?buckets: \[(.*)\]/m,
    put([whole, name = '', list = ''], sources) {
      if (![...sources].some(([file, text]) => alertFiles.test(file) && text.includes(`metrics.${name}`))) return null
      const all = list.split(', ')
      return whole.replace(list, [all[0], all.at(-1)].join(', '))
    },
  },
  {
    name: 'window shorter than four scrapes',
    files: asking,
    find: /((?:increase|rate|changes|max_over_time)\((?:[^'()]|\([^()]*\))*, )'\d+[mh]'\)/,
    put: ([, head = '']) => `${head}'20s')`,
  },
  {
    name: 'window longer than samples are kept',
    files: asking,
    find: /((?:increase|rate|changes|max_over_time)\((?:[^'()]|\([^()]*\))*, )'\d+[mh]'\)/,
    put: ([, head = '']) => `${head}'400d')`,
  },
  {
    name: 'counter asked as if it were a gauge',
    files: alertFiles,
    find: /increase\((metrics\.\w+_total(?:\.where\([^()]*\))?), '\w+'\)/,
    put: ([, counter = '']) => `${counter}.total`,
  },
  {
    name: 'increase of a gauge',
    files: alertFiles,
    find: /when: metrics\.(\w+)\.gt\(/,
    head: (bot) => `import { increase as grownBy } from '${bot}/../language/index.ts'`,
    put: ([, name = '']) => `when: grownBy(metrics.${name}, '10m').gt(`,
  },
  {
    name: 'quantile of something that is not a rate',
    files: asking,
    find: /histogram_quantile\(([\w.]+), sum\(rate\((metrics\.\w+), '\w+'\)\)/,
    put: ([, quantile = '', metric = '']) => `histogram_quantile(${quantile}, sum(${metric})`,
  },
  {
    name: 'label lost by an aggregation, and named in the message',
    files: alertFiles,
    find: /\.by\('(\w+)'(?:, 'instance')?\)/,
    put: () => ".by('instance')",
  },
  {
    name: 'sides of an operation that no longer carry the same labels',
    files: /^execution\/alerts\.ts$|^dashboards\/execution\.ts$|^onchain\/alerts\.ts$/,
    find: /(const taken = .*)\.by\('symbol', 'instance'\)|(const fills = .*)\.by\('symbol', 'instance'\)|(\.div\(\s*sum\([^;]*?'1h'\)\))/,
    put: ([whole, taken, fills, over]) =>
      taken ? `${taken}.by('instance')` : fills ? `${fills}.by('instance')` : over ? `${whole}.by('symbol')` : null,
  },
  {
    name: 'severity that no channel receives',
    files: /^index\.ts$/,
    find: /(paper|live): \{ tell: \{ (.*) \} \}/,
    put: ([, env = '', tell = '']) =>
      `${env}: { tell: { ${tell.replace(/(critical|warning): \[[^\]]*\]/, '$1: []')} } }`,
  },
  {
    name: 'critical alert muted by a lesser one',
    files: /^(?!health|execution)\w+\/alerts\.ts$/,
    find: /severity: 'critical',\n( +)mutedBy: \[downAlerts\.BotDown\]/,
    head: (bot) => `import { executionAlerts as lesser } from '${bot}/execution/alerts.ts'`,
    put: ([, indent = '']) => `severity: 'critical',\n${indent}mutedBy: [lesser.HighSlippage]`,
  },
  {
    name: 'alert without a comparison',
    files: alertFiles,
    find: /(when: (?:(?!\.or|\.and)[^\n])*?)\.(?:gt|lt|gte)\((?:\w+\(\d+\)|\d+)\),\n/,
    put: ([, head = '']) => `${head},\n`,
  },
  {
    name: 'hold that outlasts what it waits for',
    files: alertFiles,
    find: /(when: increase\([^\n]*, '10m'\)\.gt\(0\),\n)( +severity)/,
    put: ([, head = '', rest = '']) => `${head}    for: '45m',\n${rest}`,
  },
  {
    name: 'message that names a label which the alert does not carry',
    files: alertFiles,
    find: /\$\{l\.(?!bot|env)(\w+)\}/,
    put: ([, label = '']) => `\${l.${misspelt(label)}}`,
  },
  {
    name: 'value in a text with the wrong unit',
    files: alertFiles,
    find: /\$\{value\.(bps|percent|duration)\}/,
    put: ([, unit = '']) => `\${value.${unit === 'duration' ? 'percent' : 'duration'}}`,
  },
  {
    name: 'runbook that sends to a panel which is gone',
    files: alertFiles,
    find: /look\((\w+)\.panels\.(\w+)/,
    put: ([, board = '', panel = '']) => `look(${board}.panels.${misspelt(panel)}`,
  },
  {
    name: 'runbook that names a metric which is gone',
    files: alertFiles,
    find: /steps: \[\n( +)/,
    put: ([whole, indent = '']) => `${whole}'Compare with mcbot_order_failures_total.',\n${indent}`,
  },
  {
    name: 'panel removed that others name',
    files: boards,
    find: /^ {4}(\w+): (?:timeseries|stat|heatmap|pie|barGauge|table|stateTimeline)\(\{[\s\S]*?\n {4}\}\),\n/m,
    put: () => '',
  },
  {
    name: 'metric that nothing watches',
    files: /\/metrics\.ts$/,
    find: /(export const \w+ = \{\n)/,
    head: (bot) => `import { counter as counted } from '${bot}/../language/metrics.ts'`,
    put: ([head = '']) => `${head}  forgotten_total: counted({ help: 'Nobody looks at it.' }),\n`,
  },
  {
    name: 'alert written twice under two names',
    files: alertFiles,
    find: /^ {2}([A-Z]\w+): (alert\(\{[\s\S]*?\n {2}\}\)),\n/m,
    put: ([whole, name = '', body = '']) => `${whole}  ${name}Again: ${body},\n`,
  },
  {
    name: 'label with far more values than anybody stores',
    // An info is one series at a time, whatever its labels.
    files: /^labels\.ts$|^(?!meta)\w+\/metrics\.ts$/,
    find: /open\(\{ max: \d+ \}\)/,
    put: () => 'open({ max: 9_000_000 })',
  },
  {
    name: 'samples kept for less long than rules look back',
    files: /^index\.ts$/,
    find: /(stack: stack\(\{\n)/,
    put: ([head = '']) => `${head}    retention: '2h',\n`,
  },
  {
    name: 'two units on one axis',
    files: boards,
    find: /(show: \{ \w+: metrics\.(\w+), )(\w+): metrics\.\w+/,
    put: ([, head = '', first = '', name = '']) =>
      `${head}${name}: metrics.${first.includes('usdt') ? 'process_open_fds' : 'equity_usdt'}`,
  },
  {
    name: 'variable over a label that the metric does not carry',
    files: boards,
    find: /labelValues\((\S+), '(\w+)'/,
    put: ([, metric = '', label = '']) => `labelValues(${metric}, '${misspelt(label)}'`,
  },
  {
    name: 'equality with a measured figure',
    files: alertFiles,
    find: /\.(?:gt|lt)\(((?:percent|seconds|bps)\(\d+\))\)/,
    put: ([, limit = '']) => `.eq(${limit})`,
  },
  {
    name: 'nobody notices that the bot is gone',
    files: /^health\/alerts\.ts$/,
    find: /^ {2}BotAbsent: absence\(\{[\s\S]*?\n {2}\}\),\n/m,
    put: () => '',
  },
]
