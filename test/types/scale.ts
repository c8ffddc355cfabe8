import { top } from './compile.ts'

/** The size of the definitions that `largeDefinitions` writes. */
export const size = Object.freeze({ files: 100, metrics: 500, labels: 12, alerts: 500, panels: 500 })

/** Definition files of a user with many bots: five metrics, panels and alerts per file. */
export const largeDefinitions = (): ReadonlyMap<string, string> =>
  new Map(Array.from({ length: size.files }, (_, file) => [`layer${file}.ts`, layer(file)]))

const each = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))
const inFile = (all: number) => all / size.files

function layer(file: number): string {
  const labels = each(size.labels, (i) => `label${i}: ${i % 3 === 0 ? 'open({ max: 20 })' : `oneOf('a${i}', 'b${i}')`}`)
  const metrics = each(inFile(size.metrics), (i) => `  ${declared[i % declared.length]?.(`m${file}_${i}`)},`)
  const panels = each(
    inFile(size.panels),
    (i) => `  p${i}: timeseries({ title: 'Panel ${i}', show: ${asked[i % asked.length]?.(`m.m${file}_${i}`)} }),`,
  )
  const rules = each(
    inFile(size.alerts),
    (i) =>
      `  Alert${file}x${i}: alert({\n` +
      `    when: ${asked[i % asked.length]?.(`m.m${file}_${i}`)}.gt(${limits[i % limits.length]}),\n` +
      `    for: '5m', severity: 'warning',${i > 0 ? ' mutedBy: [causes.Down],' : ''}\n` +
      `    summary: (l, value) => text\`\${l.label0} of \${l.label1}: \${value}\`,\n` +
      `    runbook: { cause: 'It is high.', steps: [look(board.panels.p${i}, 'since when?'), check('the log')] },\n  }),`,
  )
  return `import { act, alert, alerts, check, dashboard, histogram_quantile, increase, look, max_over_time, rate, series, sum, text, timeseries } from '${top}definitions/language/index.ts'
import { catalogue, counter, gauge, histogram, ms, oneOf, open, percent, perMinute, seconds, usdt } from '${top}definitions/language/metrics.ts'

const labels = { ${labels.join(', ')} }
export const botMetrics = catalogue('bot${file}', {
${metrics.join('\n')}
})
const m = series(botMetrics)
export const board = dashboard({ title: 'Layer ${file}', panels: {
${panels.join('\n')}
} })
const causes = alerts({ Down: alert({ when: m.m${file}_1.lt(percent(0)), severity: 'critical', summary: 'down', runbook: { cause: 'x', steps: [act('y')] } }) })
export const rules = alerts({
${rules.join('\n')}
})
`
}

// The five metrics of a file, the query of each, and the limit in its unit.
const declared = [
  (name: string) => `${name}_total: counter({ help: 'Counts.', labels })`,
  (name: string) => `${name}: gauge({ help: 'A share.', unit: percent, labels })`,
  (name: string) => `${name}: histogram({ help: 'A time.', unit: seconds, labels, buckets: [0.1, 1, 10] })`,
  (name: string) => `${name}: gauge({ help: 'Money.', unit: usdt, labels })`,
  (name: string) => `${name}_total: counter({ help: 'Counts more.', labels })`,
]
const asked = [
  (m: string) => `sum(rate(${m}_total.where({ label1: 'a1' }), '5m')).by('label0', 'label1')`,
  (m: string) => `max_over_time(${m}.over('5m'))`,
  (m: string) => `histogram_quantile(0.95, sum(rate(${m}, '15m')).by('label0', 'label1'))`,
  (m: string) => `${m}.where({ label2: ['a2', 'b2'] }).minus(${m}.offset('1d'))`,
  (m: string) =>
    `sum(increase(${m}_total, '1h')).by('label0', 'label1').div(sum(increase(${m}_total, '1d')).by('label0', 'label1'))`,
]
const limits = ['perMinute(2)', 'percent(5)', 'ms(500)', 'usdt(-10)', 'percent(50)']
