import { milliseconds } from '../../../definitions/language/duration.ts'
import { exposedUnit, familyName } from '../../../definitions/language/family.ts'
import { isOpen, type Label } from '../../../definitions/language/label.ts'
import type { Metric } from '../../../definitions/language/metric.ts'
import { identifier, stringLiteral, tuple } from './literal.ts'

/** The parts of the module for one metric. */
export interface MetricCode {
  /** Lines of the class for its labels; empty if it has none. */
  readonly type: readonly string[]
  /** Lines of the constructor that declare it. */
  readonly declaration: readonly string[]
  /** Whether `expect` can create its series. */
  readonly isFamily: boolean
}

/** One metric, declared for the official client; `type` is the name of the class for its labels. */
export function part(metric: Metric, type: string): MetricCode {
  const at = attribute(metric)
  const declared = (lines: readonly string[], of: string, keep: string) => [
    ...lines,
    stringLiteral(metric.help),
    `exposed.add(${of}, ${keep})`,
  ]
  if (metric.kind === 'info')
    return {
      type: [`class ${type}(_Facts):`, ...method('set', metric.labels, 'None', 'self._say')],
      declaration: declared(
        [`${at} = ${type}(${constructed(metric)}, ${stringLiteral(metric.name)}, ${labelsOf(metric)})`],
        `${at}.metric`,
        'lambda sample: bool(sample.labels)',
      ),
      isFamily: false,
    }
  if (metric.kind === 'stateSet') {
    const states = metric.states ?? []
    return {
      type: [
        `class ${type}(_States):`,
        `    def set(self, state: ${literals(states)}) -> None:`,
        `        self._say(state)`,
      ],
      declaration: declared(
        [`${at} = ${type}(${constructed(metric)}, ${stringLiteral(metric.name)}, ${tuple(states)})`],
        `${at}.metric`,
        `${at}.keep`,
      ),
      isFamily: false,
    }
  }
  const keep = metric.kind === 'gauge' ? '_is_said' : metric.signed ? '_is_bucket' : '_is_count'
  if (Object.keys(metric.labels).length === 0)
    return {
      type: [],
      declaration:
        metric.computed === 'age'
          ? declared([`gauge = ${constructed(metric)}`, `${at} = Age(gauge)`], 'gauge', keep)
          : declared([`${at} = ${begun(metric, constructed(metric))}`], at, keep),
      isFamily: false,
    }
  const handle = metric.computed === 'age' ? 'Age' : classOf(metric)
  const open = Object.fromEntries(Object.entries(metric.labels).filter(([, label]) => isOpen(label)))
  const canEnd = metric.kind === 'gauge' && Object.keys(open).length > 0
  return {
    type: [
      `class ${type}(_Family[${classOf(metric)}, ${handle}]):`,
      ...method('labels', metric.labels, handle, 'return self._of'),
      ...(canEnd
        ? ['', ...method('remove', open, 'None', 'self._remove', 'Removes the series with these values.')]
        : []),
    ],
    declaration: declared(
      [
        `${at} = ${type}(`,
        `    lambda: ${constructed(metric)},`,
        `    ${labelsOf(metric)},`,
        `    ${beginning(metric)},`,
        ')',
      ],
      `${at}.metric`,
      keep,
    ),
    isFamily: true,
  }
}

/** The attribute of the class; metrics about the contract are private to the module. */
export const attribute = ({ key, ofContract }: Metric): string => `self.${ofContract ? '_' : ''}${identifier(key)}`

function method(
  name: string,
  labels: Metric['labels'],
  result: string,
  call: string,
  told: string | null = null,
): readonly string[] {
  const parameters = Object.entries(labels).map(([label, of]) => `${identifier(label)}: ${typeOf(of)}`)
  return [
    `    def ${name}(self, *, ${parameters.join(', ')}) -> ${result}:`,
    ...(told === null ? [] : [`        """${told}"""`]),
    `        ${call}(${Object.keys(labels).map(identifier).join(', ')})`,
  ]
}

const typeOf = (label: Label): string => (isOpen(label) ? 'str' : literals(label.values))
const literals = (values: readonly string[]): string => `Literal[${values.map(stringLiteral).join(', ')}]`

const labelsOf = (metric: Metric): string =>
  `{${Object.entries(metric.labels)
    .map(([name, label]) => `${stringLiteral(name)}: ${isOpen(label) ? label.max : tuple(label.values)}`)
    .join(', ')}}`

function classOf(metric: Metric): string {
  switch (metric.kind) {
    case 'counter':
      return 'CheckedCounter'
    case 'gauge':
      return metric.unit.dim === 'timestamp' && metric.computed === null ? 'CheckedTimestamp' : 'CheckedGauge'
    case 'histogram':
      return 'CheckedHistogram'
    case 'info':
      return 'Info'
    case 'stateSet':
      return 'Enum'
  }
}

function constructed(metric: Metric): string {
  const unit = exposedUnit(metric)
  const names = metric.kind === 'info' || metric.kind === 'stateSet' ? [] : Object.keys(metric.labels)
  return `${classOf(metric)}(${[
    // The client adds `_total` and `_info` itself.
    stringLiteral(familyName(metric)),
    stringLiteral(metric.help),
    ...(names.length > 0 ? [tuple(names)] : []),
    ...(unit === null ? [] : [`unit=${stringLiteral(unit)}`]),
    ...(metric.buckets === null ? [] : [`buckets=${tuple(metric.buckets)}`]),
    ...(metric.states === null ? [] : [`states=${tuple(metric.states)}`]),
    'registry=None',
  ].join(', ')})`
}

/** What is done to each new series. */
function beginning(metric: Metric): string {
  if (metric.computed === 'age') return 'Age'
  if (metric.kind !== 'gauge') return '_zero'
  const lasts = metric.expiresAfter === null ? null : milliseconds(metric.expiresAfter)
  if (lasts !== null) return `_expiring(${lasts / 1000}, ${metric.initially ?? 'None'})`
  return metric.initially === null ? '_absent' : `_from(${metric.initially})`
}

const begun = (metric: Metric, made: string): string =>
  metric.kind === 'gauge' ? `${beginning(metric)}(${made})` : made
