import { cooldownDefects, eventDefects, muteDefects } from './alert-defects.ts'
import { alertText, type Summary } from './alert-text.ts'
import type { Allow } from './allow.ts'
import { type Defect, defect } from './defect.ts'
import type { Deviation } from './deviation.ts'
import { type Duration, durationDefects } from './duration.ts'
import type { LinesCondition } from './lines.ts'
import type { LineCondition } from './log-query.ts'
import type { Mistake } from './mistake.ts'
import { call, type Node, number, type SelectorNode } from './node.ts'
import type { AnyPanel } from './panel.ts'
import { markDefects, type PanelMark, panelMarks } from './panel-mark.ts'
import type { AnyExpression, DimOf, LabelsOf } from './query/vector.ts'
import { type AnyRunbook, type Runbook, readRunbook } from './runbook.ts'
import type { Severity } from './severity.ts'
import { stamp } from './stamp.ts'
import { type Holes, plainText, type Text, type ValueHole } from './text.ts'
import { flag, type Unit } from './unit.ts'
import type { Where } from './where.ts'

/** `condition` fires on a comparison, `absence` on a missing series, `watchdog` always; `posted` comes from another program than Prometheus; `quiet` is sent to nobody and holds back others; `logs` is a condition on lines of the log. */
export type AlertKind = 'condition' | 'absence' | 'watchdog' | 'posted' | 'quiet' | 'logs'

/** An alert as the generators read it, with every field present. */
export interface AnyAlert {
  readonly kind: 'alert'
  readonly of: AlertKind
  readonly key: string
  /** The alert's name: its property key in `alerts()`. */
  readonly name: string
  readonly where: Where
  /** The expression of the rule; for an absence, the bare selector, from which one rule per target is generated. */
  readonly when: Node
  /** Its condition if that is on lines of the log; `when` then says nothing. */
  readonly lines: LineCondition | null
  readonly unit: Unit<string>
  /** The labels of its series when it fires. */
  readonly labels: readonly string[]
  readonly severity: Severity
  /** How long the condition must hold; a hold of an hour or more is compiled into the window. */
  readonly for: string | null
  /** Null for the default, which is longer than it takes to notify about the bot's absence. */
  readonly keepFiringFor: string | null
  /** Minimum time between two FIRING notifications, per instance. */
  readonly cooldown: string | null
  /** How often the notification is repeated while it fires. */
  readonly remindEvery: string | null
  readonly summary: Text
  /** What is true again when it resolves; null if only that the summary is not. */
  readonly resolved: Text | null
  readonly runbook: AnyRunbook
  /** The panels that draw its limit or that its runbook looks at. */
  readonly marks: readonly PanelMark[]
  readonly mutedBy: readonly AnyAlert[]
  /** Whether it reports something that happened and has no end: RESOLVED is never sent. */
  readonly event: boolean
  /** Whether it is sent past the relay, since it is about the relay. */
  readonly direct: boolean
  /** Whether it reaches every channel of every environment, since the environment itself may be wrong. */
  readonly everywhere: boolean
  /** Whether it is sent even while an announced maintenance holds back the bot's alerts. */
  readonly breaksQuiet: boolean
  /** Whether lines of the log may not be seen while it fires: RESOLVED of alerts on lines waits until it is over. */
  readonly hidesLines: boolean
  readonly deviates: Deviation | null
  /** Accepted findings of checks. */
  readonly allow: readonly Allow[]
  readonly defects: readonly Defect[]
}
export interface Alert<S extends Severity> extends AnyAlert {
  readonly severity: S
}

type Firing<W> = W extends { readonly condition: true }
  ? W
  : 'an alert needs a condition: a comparison such as .gt(percent(5)), absent() or .is(state)'
type LabelsIn<W> = W extends LinesCondition<infer L, string> ? L : LabelsOf<W>
type DimIn<W> = W extends LinesCondition<string, infer D> ? D : DimOf<W>
type Watched<W> = W extends { readonly kind: 'histogram' }
  ? Mistake<'a histogram has no series under its own name: give its .count'>
  : W extends { readonly kind: 'counter' | 'gauge' | 'info' | 'stateSet' | 'recorded' }
    ? W
    : Mistake<'absence() watches a metric of a catalogue, or a recorded series'>
type Mutes<S> = [S] extends ['critical']
  ? readonly (Alert<'critical'> | Mistake<'a critical alert is muted by a critical one only'>)[]
  : readonly AnyAlert[]

export interface AlertOptions<S extends Severity> {
  readonly severity: S
  readonly for?: Duration
  readonly keepFiringFor?: Duration | '0s'
  readonly cooldown?: Duration
  readonly remindEvery?: Duration
  readonly runbook: Runbook
  /** Panels that draw its threshold in addition to those its runbook looks at, such as a stat of the same value. */
  readonly thresholdIn?: readonly AnyPanel[]
  readonly mutedBy?: Mutes<S>
  /** Whether it is sent past the relay. */
  readonly direct?: boolean
  /** Whether it reaches every channel of every environment: for an alert that the environment itself may be wrong. */
  readonly everywhere?: boolean
  /** Whether it is sent even while an announced maintenance holds back the bot's alerts: for what costs money meanwhile. */
  readonly breaksQuiet?: boolean
  /** Whether lines of the log may not be seen while it fires: RESOLVED of alerts on lines then waits. */
  readonly hidesLines?: boolean
  readonly deviates?: Deviation
  readonly allow?: readonly Allow[]
}

/** How it ends: with RESOLVED, or, if it reports an event, not at all. */
type Ending<L extends string> =
  | {
      readonly event?: false
      /** What is true again when it resolves; by default, that the summary is no longer true. Its value is not known then. */
      readonly resolved?: string | ((labels: Holes<L>) => Text)
    }
  | {
      /** Something that happened and has no end, such as a counter that grew: RESOLVED is never sent. */
      readonly event: true
      readonly resolved?: Mistake<'an event has no end, so RESOLVED is never sent: remove resolved, or event'>
    }

/** An alert: when it fires, its severity, its message, and its runbook. */
export function alert<W, const S extends Severity>(
  // two types, so that W is also inferred if the summary is missing, and the compiler's message says so
  options: AlertOptions<S> & { readonly when: Firing<W> } & {
    readonly summary: string | ((labels: Holes<LabelsIn<W>>, value: ValueHole<DimIn<W>>) => Text)
  } & Ending<LabelsIn<W>>,
): Alert<S> {
  const texts = { summary: options.summary as Summary, resolved: options.resolved as Summary | undefined }
  const given: unknown = options.when
  if (isOnLines(given)) {
    const { lines, unit, labels, defects } = given
    return alertOf('logs', options, { when: always, lines, unit, labels, ...texts, defects })
  }
  const when = isExpression(given) ? given : { node: always, unit: flag, labels: [], defects: [], condition: false }
  return alertOf('condition', options, {
    when: when.node,
    unit: when.unit,
    labels: when.labels,
    ...texts,
    defects:
      when.condition === true
        ? when.defects
        : [
            ...when.defects,
            defect(
              'alert-condition',
              'its condition has no comparison, so it would fire whenever there is data',
              'compare the value: .gt(…), .lt(…), .is(…)',
            ),
          ],
  })
}

// A condition that is still generic tells the compiler nothing, and definitions without types can pass anything.
const has = (key: string, given: unknown) => typeof given === 'object' && given !== null && key in given
const isOnLines = (given: unknown): given is LinesCondition<string, string> => has('lines', given)
const isExpression = (given: unknown): given is AnyExpression & { readonly condition?: boolean } => has('node', given)

/** An alert that fires if a series is missing: one rule for each configured target, with the labels `bot`, `env` and `job`. */
export const absence = <W, const S extends Severity>(
  options: AlertOptions<S> & { readonly of: Watched<W> } & {
    readonly summary: string | ((labels: Holes<'bot' | 'env' | 'job'>) => Text)
    /** What is true again when it resolves; by default, that the summary is no longer true. */
    readonly resolved?: string | ((labels: Holes<'bot' | 'env' | 'job'>) => Text)
  },
): Alert<S> => {
  const of = options.of as unknown as AnyExpression & { readonly kind: string }
  const isSeries = isBareSelector(of.node) && of.kind !== 'histogram'
  const wrong = defect(
    'absence-selector',
    `absence() watches a metric, but this is ${of.kind === 'histogram' ? 'a histogram, which has no series under its own name' : 'an expression'}`,
    of.kind === 'histogram' ? 'use its .count' : 'use a series of a catalogue',
  )
  return alertOf('absence', options, {
    when: of.node,
    unit: flag,
    labels: ['bot', 'env', 'job'],
    summary: options.summary as Summary,
    resolved: options.resolved as Summary | undefined,
    defects: isSeries ? of.defects : [...of.defects, wrong],
  })
}

/** The expression of an alert whose condition no PromQL says. */
export const always = call('vector', number(1))

interface Expressed {
  readonly when: Node
  readonly lines?: LineCondition
  readonly unit: Unit<string>
  readonly labels: readonly string[]
  readonly summary: Summary
  readonly resolved?: Summary | undefined
  readonly defects: readonly Defect[]
}

const isBareSelector = (node: Node): node is SelectorNode => node.kind === 'selector' && node.range === null

/** Summaries by alert, firing and resolved: evaluated in alerts(), where the alert's name is known for error messages. */
const summaries = new WeakMap<object, { readonly summary: Summary; readonly resolved: Summary | undefined }>()

/** The options common to every kind of alert. */
interface Given<S> {
  readonly severity: S
  readonly for?: string
  readonly keepFiringFor?: string
  readonly cooldown?: string
  readonly remindEvery?: string
  readonly runbook: Runbook
  readonly thresholdIn?: readonly AnyPanel[]
  readonly mutedBy?: readonly unknown[]
  readonly event?: boolean
  readonly direct?: boolean
  readonly everywhere?: boolean
  readonly breaksQuiet?: boolean
  readonly hidesLines?: boolean
  readonly deviates?: Deviation
  readonly allow?: readonly Allow[]
}

/** An alert of a kind, from its options and its condition. */
export function alertOf<S extends Severity>(of: AlertKind, options: Given<S>, expressed: Expressed): Alert<S> {
  const mutedBy = (options.mutedBy ?? []) as readonly AnyAlert[]
  const { runbook, defects } = readRunbook(options.runbook)
  const marks = panelMarks(expressed, runbook.steps, options.thresholdIn ?? [])
  const alert: Alert<S> = Object.freeze({
    kind: 'alert',
    of,
    key: '',
    name: '',
    where: {},
    when: expressed.when,
    lines: expressed.lines ?? null,
    unit: expressed.unit,
    labels: expressed.labels,
    severity: options.severity,
    for: options.for ?? null,
    keepFiringFor: options.keepFiringFor ?? null,
    cooldown: options.cooldown ?? null,
    remindEvery: options.remindEvery ?? null,
    summary: plainText(''),
    resolved: null,
    runbook,
    marks,
    mutedBy: Object.freeze([...mutedBy]),
    event: options.event ?? false,
    direct: options.direct ?? false,
    everywhere: options.everywhere ?? false,
    breaksQuiet: of === 'watchdog' || of === 'posted' || options.direct === true || options.breaksQuiet === true,
    hidesLines: options.hidesLines ?? false,
    deviates: options.deviates ?? null,
    allow: Object.freeze([...(options.allow ?? [])]),
    defects: [
      ...expressed.defects,
      ...defects,
      ...(['for', 'cooldown', 'remindEvery'] as const).flatMap((word) =>
        options[word] === undefined ? [] : durationDefects(options[word], word),
      ),
      ...(options.keepFiringFor === undefined ? [] : durationDefects(options.keepFiringFor, 'keepFiringFor', 0)),
      ...cooldownDefects(options.severity, options.cooldown),
      ...markDefects(marks),
      ...muteDefects(options.severity, mutedBy),
      ...eventDefects(options.event === true, expressed.resolved),
    ],
  })
  summaries.set(alert, { summary: expressed.summary, resolved: expressed.resolved })
  return alert
}

/** Alerts by name; root causes come first, so that the order proves that no two alerts mute each other. */
export function alerts<const A extends Readonly<Record<string, AnyAlert>>>(
  group: A,
): { readonly [K in keyof A]: A[K] } {
  return stamp<AnyAlert>(group, alerts, (key, alert) => {
    const given = summaries.get(group[key] as object)
    // an alert of another group already has its summary
    if (given === undefined) return alert
    const { text: summary, unknown } = alertText(key, 'summary', given.summary, alert.labels)
    const over = given.resolved === undefined ? null : alertText(key, 'resolved', given.resolved, alert.labels)
    return {
      ...alert,
      name: key,
      summary,
      resolved: over?.text ?? null,
      defects: Object.freeze([
        ...alert.defects,
        ...[...new Set([...unknown, ...(over?.unknown ?? [])])].map((label) =>
          defect(
            'summary-label',
            `its ${unknown.includes(label) ? 'summary' : 'resolved text'} uses the label ${label}, but its series have only ${alert.labels.join(', ')}`,
            'keep the label with .by(), or remove it from the text',
          ),
        ),
      ]),
    }
  }) as never
}
