import type { Bot } from '../../../definitions/language/bot.ts'
import { shortHash } from '../../../definitions/language/contract-form.ts'
import { contractHash } from '../../../definitions/language/contract-hash.ts'
import { contractKeys } from '../../../definitions/language/contract-metrics.ts'
import { milliseconds } from '../../../definitions/language/duration.ts'
import { isOpen } from '../../../definitions/language/label.ts'
import type { Metric } from '../../../definitions/language/metric.ts'
import { deadlineOf } from '../../../definitions/language/presence.ts'
import type { Files, Model } from '../../model/model.ts'
import { fileHeader } from '../../text/header.ts'
import { beginningCode } from './beginning-code.ts'
import { eventLog } from './event-log.ts'
import { expositionCode } from './exposition-code.ts'
import { importCode } from './import-code.ts'
import { className, identifier, stringLiteral } from './literal.ts'
import { attribute, type MetricCode, part } from './metric.ts'
import { restartCode } from './restart-code.ts'
import { support } from './support.ts'

/** python/<bot>_metrics.py: the declared metrics for the official Python client, and the log of the declared events, typed, without other dependencies. */
export const pythonOutput = ({ bot }: Model): Files => new Map([[`python/${bot.name}_metrics.py`, moduleOf(bot)]])

function moduleOf({ name, title, ...bot }: Bot): string {
  const metrics = Object.values(bot.metrics)
  const events = Object.values(bot.events)
  const types = new Set<string>()
  const parts = metrics.map(
    (metric) => [metric, part(metric, unused(types, `${className(metric.key)}Family`))] as const,
  )
  const labelled = parts.map(([, { type }]) => type).filter((lines) => lines.length > 0)
  return [
    fileHeader('#', 'Requires prometheus_client 0.14 or later, and nothing else.').trimEnd(),
    stringLiteral(
      `The metrics of ${title}: exactly what its contract declares. Create one ${className(name)}Metrics and keep it.${
        events.length > 0 ? ` ${className(name)}Log writes its events to its log.` : ''
      }`,
    ),
    '',
    importCode(events.length > 0),
    support.trimEnd(),
    beginningCode.trimEnd(),
    expositionCode.trimEnd(),
    restartCode.trimEnd(),
    ...labelled.flatMap((lines) => ['', '', ...lines]),
    '',
    '',
    ...whole(name, parts),
    ...eventLog(name, events),
    '',
  ].join('\n')
}

function whole(name: string, parts: readonly (readonly [Metric, MetricCode])[]): readonly string[] {
  const families = parts.filter(([{ ofContract }, { isFamily }]) => isFamily && !ofContract).map(([metric]) => metric)
  const open = [
    ...new Set(
      families.flatMap(({ labels }) => Object.entries(labels).flatMap(([label, of]) => (isOpen(of) ? [label] : []))),
    ),
  ]
  return [
    `class ${className(name)}Metrics:`,
    '    """All metrics, registered as one collector. With strict, as in tests, a refusal raises ValueError."""',
    '',
    '    def __init__(self, registry: CollectorRegistry = REGISTRY, strict: bool = False) -> None:',
    '        refusals.strict = strict',
    '        exposed = _Exposed()',
    ...parts.flatMap(([, { declaration }]) => declaration.map((line) => `        ${line}`)),
    `        self._families: List[_Family[Any, Any]] = [`,
    ...families.map(({ key }) => `            self.${identifier(key)},`),
    '        ]',
    ...aboutContract(parts.map(([metric]) => metric)),
    '        registry.register(exposed)',
    '',
    ...(open.length === 0
      ? []
      : [
          `    def expect(self, *, ${open.map((label) => `${expected(label)}: Sequence[str] = ()`).join(', ')}, only: Optional[Sequence[_Family[Any, Any]]] = None, without: Sequence[_Family[Any, Any]] = ()) -> None:`,
          '        """Creates the series of the open values that the bot is configured for, so that increase() sees their first event: of all metrics with these labels, of those in only, or of all except those in without."""',
          `        values: Dict[str, Sequence[str]] = {${open.map((label) => `${stringLiteral(label)}: ${expected(label)}`).join(', ')}}`,
          '        chosen = [family for family in (self._families if only is None else only) if family not in without]',
          '        for name, given in values.items():',
          '            if given and not any(name in family._open for family in chosen):',
          '                refusals.refuse("expect", "label", f"{name} is an open label of none of these metrics")',
          '        for family in chosen:',
          '            family._expect(values)',
          '',
        ]),
    ...(watchesContract(parts.map(([metric]) => metric))
      ? [
          '    def warm_up(self, limit: float) -> Callable[[], None]:',
          '        """Says that the bot warms up until the function that it returns is called, at most for limit seconds: its alerts are held back meanwhile. Call it once, before the first scrape."""',
          '        return self._warm_up.begin(limit)',
          '',
        ]
      : []),
    '    def refused(self) -> Mapping[Tuple[str, str], int]:',
    '        """The number of samples refused or moved into an overflow series, by metric and reason."""',
    '        return dict(refusals.counts)',
  ]
}

/** The parameter of `expect` for a label, next to its own two. */
const expected = (label: string): string => (['only', 'without'].includes(label) ? `${label}_` : identifier(label))

/** Whether all metrics about the contract are there. */
const watchesContract = (metrics: readonly Metric[]): boolean => {
  const keys = new Set(metrics.filter(({ ofContract }) => ofContract).map(({ key }) => key))
  return contractKeys.every((key) => keys.has(key))
}

/** Lines that pass the metrics about the contract to the class that updates them. */
function aboutContract(metrics: readonly Metric[]): readonly string[] {
  const of = new Map(metrics.filter(({ ofContract }) => ofContract).map((metric) => [metric.key, attribute(metric)]))
  if (!watchesContract(metrics)) return []
  const due = metrics.flatMap((metric) => {
    const deadline = deadlineOf(metric)
    return deadline === null ? [] : [`${stringLiteral(metric.name)}: ${(milliseconds(deadline) ?? 0) / 1000}`]
  })
  const declared = metrics.filter(({ ofContract }) => !ofContract).map(({ name }) => name)
  return [
    '        self._warm_up = _WarmUp()',
    `        ${of.get('contract_info')}._say(${stringLiteral(shortHash(contractHash(metrics)))})`,
    '        exposed.contract = _Contract(',
    `            {${declared.map(stringLiteral).join(', ')}},`,
    `            {${due.join(', ')}},`,
    '            self._families,',
    ...contractKeys.slice(1).map((key) => `            ${of.get(key)},`),
    '            self._warm_up,',
    '        )',
  ]
}

function unused(taken: Set<string>, name: string): string {
  const free = taken.has(name) ? unused(taken, `${name}_`) : name
  taken.add(free)
  return free
}
