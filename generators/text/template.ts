import { type Node, withParts } from '../../definitions/language/node.ts'
import type { FigureHole, HoleData, Text, ValueFormat } from '../../definitions/language/text.ts'
import { bps, bytes, percent, ratio, seconds, timestamp, type Unit } from '../../definitions/language/unit.ts'
import { print } from '../promql/print.ts'

/** Where a template finds the value of its alert, and other figures: Prometheus and Grafana run the same templates, but know different values. */
export interface TemplateValues {
  /** The variable that holds the alert's value. */
  readonly value: string
  /** A variable times a fraction; templates have no arithmetic. */
  readonly scaled: (of: string, num: number, den: number) => string
  /** The value of another expression as text; `print` takes the variable that holds it. */
  readonly figure: (hole: FigureHole, print: (of: string) => string) => string
}

/** The values in a Prometheus annotation: to scale one, the template queries Prometheus for the product. */
export const prometheusValues: TemplateValues = Object.freeze({
  value: '$value',
  scaled: (of: string, num: number, den: number) => {
    const by = `${num === 1 ? '' : ` * ${num}`}${den === 1 ? '' : ` / ${den}`}`
    return `(query (printf "vector(%v${by})" ${of}) | first | value)`
  },
  figure: askedFigure,
})

/** A text as a template of an annotation; `unit` is that of the alert's value. */
export const template = (text: Text, unit: Unit<string>, values: TemplateValues = prometheusValues): string =>
  text.text.map((part) => (typeof part === 'string' ? literal(part) : hole(part, unit, values))).join('')

/** Text that a template prints unchanged. */
export const literal = (words: string): string => words.replace(/\{{2,}|\{$/g, (braces) => `{{ "${braces}" }}`)

/** A value as a template: a number and its unit, as a person reads it; `of` is the variable that holds it. */
export function valueTemplate(
  as: ValueFormat,
  unit: Unit<string>,
  values: TemplateValues = prometheusValues,
  of = values.value,
): string {
  const scaled = (from: Unit<string>, to: Unit<string>) => scaledValue(values, from, to, of)
  switch (as) {
    case 'percent':
      return isSame(unit, ratio)
        ? `{{ reReplaceAll "%$" " %" (humanizePercentage ${of}) }}`
        : `{{ printf "%.4g %%" ${scaled(unit, percent)} }}`
    case 'bps':
      return `{{ printf "%.4g bp" ${scaled(unit, bps)} }}`
    case 'duration':
      return `{{ humanizeDuration ${scaled(unit, seconds)} }}`
    case 'iec':
      return `{{ humanize1024 ${scaled(unit, bytes)} }}B`
    case 'fixed':
      return `{{ printf "%.${decimals[unit.dim] ?? 2}f" ${of} }}${symbol(unit)}`
    case 'date':
      return `{{ (toTime ${scaled(unit, timestamp)}).UTC.Format "2006-01-02 15:04" }} UTC`
    case 'plain':
      return plain(unit, values, of)
  }
}

function hole(data: HoleData, unit: Unit<string>, values: TemplateValues): string {
  if (data.from === 'value') return valueTemplate(data.as, unit, values)
  if (data.from === 'figure') return figureTemplate(data, values)
  return /^[a-zA-Z_]\w*$/.test(data.name)
    ? `{{ $labels.${data.name} }}`
    : `{{ index $labels ${JSON.stringify(data.name)} }}`
}

/** The value of another expression, for the labels that the alert and the figure share. */
export const figureTemplate = (hole: FigureHole, values: TemplateValues = prometheusValues): string =>
  values.figure(hole, (of) => valueTemplate(hole.as, hole.unit, values, of))

/** Asked of Prometheus when the alert is evaluated. */
function askedFigure({ query, labels, otherwise }: FigureHole, shown: (of: string) => string): string {
  // printed as the values of matchers, and then replaced by what the alert's labels are
  const mark = (label: string) => `label:${label}`
  const added = labels.map((label) => Object.freeze({ label, op: '=' as const, value: mark(label) }))
  const narrowed = (node: Node): Node => {
    // what is matched on some labels only may lack the others, and is narrowed by what it is matched with
    if (node.kind === 'binary' && node.matching?.word === 'on' && (node.op === 'and' || node.op === 'unless'))
      return Object.freeze({ ...node, left: narrowed(node.left) })
    if (node.kind !== 'selector') return withParts(node, narrowed)
    const kept = node.matchers.filter(({ label }) => !labels.includes(label))
    return Object.freeze({ ...node, matchers: Object.freeze([...kept, ...added]) })
  }
  const asked: string[] = []
  const format = print(narrowed(query))
    .replace(/\s+/g, ' ')
    .replaceAll('%', '%%')
    .replace(/"label:(\w+)"/g, (_, label: string) => {
      asked.push(` $labels.${label}`)
      return '%q'
    })
  return `{{ with query (printf ${JSON.stringify(format)}${asked.join('')}) }}{{ $figure := . | first | value }}${shown('$figure')}{{ else }}${literal(otherwise)}{{ end }}`
}

/** Decimals of an amount of money. */
const decimals: Readonly<Record<string, number>> = { usdt: 2, usd: 2, krw: 0 }

function plain(unit: Unit<string>, values: TemplateValues, of: string): string {
  switch (unit.dim) {
    case 'ratio':
      return valueTemplate(isSame(unit, bps) ? 'bps' : 'percent', unit, values, of)
    case 'time':
      return valueTemplate('duration', unit, values, of)
    case 'timestamp':
      return valueTemplate('date', unit, values, of)
    case 'bytes':
      return valueTemplate('iec', unit, values, of)
    case 'bytes/s':
      return `{{ humanize1024 ${scaledValue(values, unit, bytes, of)} }}B/s`
    case 'usdt':
    case 'usd':
    case 'krw':
      return valueTemplate('fixed', unit, values, of)
    case 'count':
      // at most two decimals, none if they are zeros: 5123 and 1.03
      return `{{ reReplaceAll "\\\\.?0+$" "" (printf "%.2f" ${of}) }}${symbol(unit)}`
    case 'coins':
      return `{{ printf "%.6g" ${of} }}${symbol(unit)}`
    default:
      return `{{ printf "%.4g" ${of} }}${symbol(unit)}`
  }
}

const symbol = ({ symbol }: Unit<string>) =>
  symbol === '' ? '' : symbol.startsWith('/') ? literal(symbol) : ` ${literal(symbol)}`

const isSame = (a: Unit<string>, b: Unit<string>) => a.num * b.den === b.num * a.den

/** A value in another unit of its dimension. */
function scaledValue(values: TemplateValues, from: Unit<string>, to: Unit<string>, of: string): string {
  if (isSame(from, to)) return of
  const [num, den] = reduced(from.num * to.den, from.den * to.num)
  return values.scaled(of, num, den)
}

function reduced(num: number, den: number): readonly [number, number] {
  const common = divisor(num, den)
  return [num / common, den / common]
}
const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))
