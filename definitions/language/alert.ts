import type { Allow } from './allow.ts'
import type { Deviation } from './deviation.ts'
import { type Duration, durationFaults, milliseconds } from './duration.ts'
import { type Fault, fault } from './fault.ts'
import type { Mistake } from './mistake.ts'
import { call, type Node, number, type SelectorNode } from './node.ts'
import type { AnyPanel } from './panel.ts'
import { markFaults, type PanelMark, panelMarks } from './panel-mark.ts'
import type { Asked, DimOf, LabelsOf } from './query/vector.ts'
import type { Runbook } from './runbook.ts'
import type { Severity } from './severity.ts'
import { stamp } from './stamp.ts'
import { type Holes, labelHoles, plainText, type Text, type ValueHole, valueHole } from './text.ts'
import { flag, type Unit } from './unit.ts'
import type { Where } from './where.ts'

/** `condition` stands on a comparison, `absence` on a series that should exist, `watchdog` always fires. */
export type AlertKind = 'condition' | 'absence' | 'watchdog'

/** An alert as the generators read it: every field always present. */
export interface AnyAlert {
  readonly kind: 'alert'
  readonly of: AlertKind
  readonly key: string
  /** The alert's name: the property key under which `alerts()` holds it. */
  readonly name: string
  readonly where: Where
  /** The expression of the rule; for an absence the bare selector, of which a rule is made for each target. */
  readonly when: Node
  readonly unit: Unit<string>
  /** The labels that its series carry when it fires. */
  readonly labels: readonly string[]
  readonly severity: Severity
  /** How long the condition must hold; an hour or more is compiled into the window. */
  readonly for: string | null
  /** null takes the default, which is longer than the bot's own absence needs to be told. */
  readonly keepFiringFor: string | null
  /** Two messages that it fires are at least so far apart, for each instance. */
  readonly cooldown: string | null
  /** While it fires, it is told again after so long. */
  readonly remindEvery: string | null
  readonly summary: Text
  readonly runbook: Runbook
  /** The panels that draw its limit or that its runbook looks at. */
  readonly marks: readonly PanelMark[]
  readonly mutedBy: readonly AnyAlert[]
  readonly deviates: Deviation | null
  /** Findings of checks that are known and stand. */
  readonly allow: readonly Allow[]
  readonly faults: readonly Fault[]
}
export interface Alert<S extends Severity> extends AnyAlert {
  readonly severity: S
}

type Firing<W> = W extends { readonly condition: true }
  ? W
  : 'an alert stands on a comparison, such as .gt(percent(5)), on absent() or on .is(state)'
type Watched<W> = W extends { readonly kind: 'histogram' }
  ? Mistake<'a histogram has no series of its own name: give its .count'>
  : W extends { readonly kind: 'counter' | 'gauge' | 'info' | 'stateSet' | 'recorded' }
    ? W
    : Mistake<'absence() watches a metric of a catalogue, or a recorded series'>
type Mutes<S> = [S] extends ['critical']
  ? readonly (Alert<'critical'> | Mistake<'a critical alert is muted by a critical one only'>)[]
  : readonly AnyAlert[]

interface Common<S extends Severity> {
  readonly severity: S
  readonly for?: Duration
  readonly keepFiringFor?: Duration | '0s'
  readonly cooldown?: Duration
  readonly remindEvery?: Duration
  readonly runbook: Runbook
  /** Panels that draw its threshold beside those that its runbook looks at, such as a single figure of the same value. */
  readonly thresholdIn?: readonly AnyPanel[]
  readonly mutedBy?: Mutes<S>
  readonly deviates?: Deviation
  readonly allow?: readonly Allow[]
}

/** A rule that tells a person: when, how bad, in which words, and what to do. */
export function alert<W, const S extends Severity>(
  // two types, so that W is also inferred where the summary is forgotten, and the message names what is missing
  options: Common<S> & { readonly when: Firing<W> } & {
    readonly summary: string | ((labels: Holes<LabelsOf<W>>, value: ValueHole<DimOf<W>>) => Text)
  },
): Alert<S> {
  const when = options.when as unknown as Asked & { readonly condition?: boolean }
  return made('condition', options, {
    when: when.node,
    unit: when.unit,
    labels: when.labels,
    summary: options.summary as Summary,
    faults:
      when.condition === true
        ? when.faults
        : [
            ...when.faults,
            fault(
              'alert-condition',
              'it stands on no comparison, and would fire whenever there is data',
              'compare the value: .gt(…), .lt(…), .is(…)',
            ),
          ],
  })
}

/** Fires where a series that should exist does not: one rule for each configured target, with its `bot`, `env` and `job`. */
export const absence = <W, const S extends Severity>(
  options: Common<S> & { readonly of: Watched<W> } & {
    readonly summary: string | ((labels: Holes<'bot' | 'env' | 'job'>) => Text)
  },
): Alert<S> => {
  const of = options.of as unknown as Asked & { readonly kind: string }
  const isSeries = isBareSelector(of.node) && of.kind !== 'histogram'
  const wrong = fault(
    'absence-selector',
    `absence() watches a metric, and this is ${of.kind === 'histogram' ? 'a histogram, which has no series of its own name' : 'an expression'}`,
    of.kind === 'histogram' ? 'give it its .count' : 'give it a series of a catalogue',
  )
  return made('absence', options, {
    when: of.node,
    unit: flag,
    labels: ['bot', 'env', 'job'],
    summary: options.summary as Summary,
    faults: isSeries ? of.faults : [...of.faults, wrong],
  })
}

/** Always fires, so that its silence is heard: for a dead man's switch outside this machine. */
export const watchdog = (options: {
  readonly summary: string
  readonly runbook: Runbook
  readonly remindEvery?: Duration
  readonly allow?: readonly Allow[]
}): Alert<'info'> =>
  made(
    'watchdog',
    { severity: 'info', ...options },
    { when: call('vector', number(1)), unit: flag, labels: [], summary: options.summary, faults: [] },
  )

type Summary = string | ((labels: Holes<string>, value: ValueHole<string>) => Text)
interface Expressed {
  readonly when: Node
  readonly unit: Unit<string>
  readonly labels: readonly string[]
  readonly summary: Summary
  readonly faults: readonly Fault[]
}

const isBareSelector = (node: Node): node is SelectorNode => node.kind === 'selector' && node.range === null

/** The summary stays a function until alerts() knows the name to put into a complaint. */
const summaries = new WeakMap<object, Summary>()

/** What the options of every kind of alert come to. */
interface Given<S> {
  readonly severity: S
  readonly for?: string
  readonly keepFiringFor?: string
  readonly cooldown?: string
  readonly remindEvery?: string
  readonly runbook: Runbook
  readonly thresholdIn?: readonly AnyPanel[]
  readonly mutedBy?: readonly unknown[]
  readonly deviates?: Deviation
  readonly allow?: readonly Allow[]
}

function made<S extends Severity>(of: AlertKind, options: Given<S>, expressed: Expressed): Alert<S> {
  const mutedBy = (options.mutedBy ?? []) as readonly AnyAlert[]
  const marks = panelMarks(expressed, options.runbook.steps, options.thresholdIn ?? [])
  const alert: Alert<S> = Object.freeze({
    kind: 'alert',
    of,
    key: '',
    name: '',
    where: {},
    when: expressed.when,
    unit: expressed.unit,
    labels: expressed.labels,
    severity: options.severity,
    for: options.for ?? null,
    keepFiringFor: options.keepFiringFor ?? null,
    cooldown: options.cooldown ?? null,
    remindEvery: options.remindEvery ?? null,
    summary: plainText(''),
    runbook: options.runbook,
    marks,
    mutedBy: Object.freeze([...mutedBy]),
    deviates: options.deviates ?? null,
    allow: Object.freeze([...(options.allow ?? [])]),
    faults: [
      ...expressed.faults,
      ...(['for', 'cooldown', 'remindEvery'] as const).flatMap((word) =>
        options[word] === undefined ? [] : durationFaults(options[word], word),
      ),
      ...(options.keepFiringFor === undefined ? [] : durationFaults(options.keepFiringFor, 'keepFiringFor', 0)),
      ...cooldownFaults(options.severity, options.cooldown),
      ...markFaults(marks),
      ...mutedBy
        .filter((cause) => options.severity === 'critical' && cause.severity !== 'critical')
        .map((cause) =>
          fault(
            'mute-critical',
            `critical, and muted by ${cause.name}, which is ${cause.severity} only`,
            'mute it by critical alerts only',
          ),
        ),
    ],
  })
  summaries.set(alert, expressed.summary)
  return alert
}

/** RESOLVED and a further symbol wait as long as the cooldown, which a critical alert cannot afford. */
function cooldownFaults(severity: Severity, cooldown: string | undefined): Fault[] {
  const length = cooldown === undefined ? null : milliseconds(cooldown)
  if (severity !== 'critical' || length === null || length <= 300_000) return []
  return [
    fault(
      'cooldown-critical',
      `critical, with a cooldown of ${cooldown}: its RESOLVED and a further symbol would wait as long`,
      'at most 5m',
    ),
  ]
}

/** Alerts by name; root causes stand first, so that the order proves that no two mute each other. */
export function alerts<const A extends Readonly<Record<string, AnyAlert>>>(
  group: A,
): { readonly [K in keyof A]: A[K] } {
  return stamp<AnyAlert>(group, alerts, (key, alert) => {
    const given = summaries.get(group[key] as object)
    // an alert of another group has its summary already
    if (given === undefined) return alert
    const { summary, unknown } = written(key, given, alert.labels)
    return {
      ...alert,
      name: key,
      summary,
      faults: Object.freeze([
        ...alert.faults,
        ...unknown.map((label) =>
          fault(
            'summary-label',
            `its summary names the label ${label}, which its series do not carry (${alert.labels.join(', ')})`,
            'keep it in .by(), or leave it out',
          ),
        ),
      ]),
    }
  }) as never
}

function written(
  name: string,
  summary: Summary,
  labels: readonly string[],
): { readonly summary: Text; readonly unknown: readonly string[] } {
  if (typeof summary === 'string') return { summary: plainText(summary), unknown: [] }
  const unknown = new Set<string>()
  try {
    const made: unknown = summary(
      labelHoles(labels, (label) => unknown.add(label)),
      valueHole() as ValueHole<string>,
    )
    if (typeof made !== 'object' || made === null || !('text' in made))
      throw new TypeError('its summary yields no text`…`: write its words inside one')
    return { summary: made as Text, unknown: [...unknown] }
  } catch (cause) {
    throw new Error(`alert ${name}: ${(cause as Error).message}`, { cause })
  }
}
