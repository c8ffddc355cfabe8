import { type Severity, severities } from '../../definitions/language/severity.ts'
import { freeLabelsOf } from '../model/free-labels.ts'
import type { Model } from '../model/model.ts'
import { messageWords } from '../text/message-words.ts'
import { clip, isLonger } from './clip.ts'
import type { Dialect } from './dialect.ts'

/** The most characters of a message, whatever is in labels and annotations. */
export const longestMessage = 3500
/** How many alerts a message lists, and how many resolved ones after those that fire. */
const [listed, listedBehind] = [10, 3]
/** The most characters of each part after escaping: with the text between them they stay below the longest message. */
const most = { name: 80, severity: 20, place: 40, summary: 240, summaries: 1100, steps: 700, panel: 350, runbook: 250 }

const icons: Readonly<Record<Severity, string>> = { critical: '🔴', warning: '🟠', info: '🔵' }
const iconOfResolved = '✅'
const newLine = '{{ "\\n" }}'
const between = ' · '

/** Lines of a template: what the first alert says, which a phone shows before the message is opened. */
export function messageHeading(dialect: Dialect): readonly string[] {
  return [
    '{{ if eq .Status "firing" }}',
    `${bySeverity((s) => icons[s])}{{ else }}${icons.critical}{{ end }} `,
    '{{ else }}',
    `${iconOfResolved} `,
    '{{ end }}',
    '{{ $alert := index .Alerts 0 }}',
    '{{ if .Alerts.Firing }}',
    '{{ $alert = index .Alerts.Firing 0 }}',
    ...clip(dialect, '$firing', oneLine(saidBy('Firing')), most.summary),
    dialect.bold(dialect.print('$firing')),
    '{{ else }}',
    ...clip(dialect, '$resolved', oneLine(saidBy('Resolved')), most.summary),
    dialect.bold(dialect.print('$resolved')),
    '{{ end }}',
  ]
}

/** Lines of a template: which alert it is, where and since when, further ones, what to do, and where to read on. */
export function messageBody(dialect: Dialect, model: Model): readonly string[] {
  const free = freeLabelsOf(model.bot)
  // the summaries leave room for the free labels of the targets
  const room = most.summaries - free.length * (most.place + between.length)
  return [
    ...state(dialect),
    ...places(dialect, free),
    '{{ $told := "" }}',
    ...list(
      dialect,
      room,
      'Firing',
      String(listed),
      `${dialect.literal(messageWords.since)} {{ ${time(model, '$alert.StartsAt')} }}`,
      'true',
    ),
    `{{ $most := ${listed} }}`,
    `{{ if and .Alerts.Firing .Alerts.Resolved }}`,
    `{{ $most = ${listedBehind} }}${newLine}${newLine}${iconOfResolved} ${dialect.literal(messageWords.resolved)}`,
    '{{ end }}',
    ...list(
      dialect,
      room,
      'Resolved',
      '$most',
      `${dialect.literal(messageWords.after)} {{ humanizeDuration ($alert.EndsAt.Sub $alert.StartsAt) }}`,
      '(not $.Alerts.Firing)',
    ),
    '{{ if .Alerts.Firing }}',
    '{{ $first := index .Alerts.Firing 0 }}',
    ...clip(dialect, '$steps', '$first.Annotations.steps', most.steps, dialect.escapedSteps),
    '{{ if $steps }}',
    `${newLine}${newLine}${dialect.bold(dialect.literal(messageWords.nextSteps))}${newLine}${dialect.print('$steps')}`,
    '{{ end }}',
    '{{ $between = "\\n\\n" }}',
    ...link(dialect, '$panel', 'panel_url', most.panel, messageWords.panel),
    ...link(dialect, '$runbook', 'runbook_url', most.runbook, messageWords.runbook),
    '{{ end }}',
  ]
}

const bySeverity = (print: (severity: Severity) => string) =>
  severities.map((s, i) => `{{ ${i === 0 ? '' : 'else '}if eq .CommonLabels.severity "${s}" }}${print(s)}`).join('')

/** FIRING or RESOLVED, how bad, and the name of the alert. */
const state = (dialect: Dialect): readonly string[] => [
  ...clip(dialect, '$name', oneLine('.CommonLabels.alertname'), most.name),
  ...clip(dialect, '$severity', oneLine('.CommonLabels.severity'), most.severity),
  '{{ if eq .Status "firing" }}',
  dialect.literal(messageWords.firing),
  '{{ else }}',
  dialect.literal(messageWords.resolved),
  '{{ end }}',
  '{{ if $severity }}{{ " " }}',
  `${bySeverity((s) => dialect.literal(messageWords.severity[s]))}{{ else }}${dialect.print('$severity')}{{ end }}`,
  '{{ end }}',
  `{{ "${between}" }}${dialect.print('$name')}`,
]

/** Bot, environment, the targets' free labels, and the instance if it says more than the bot's name. */
function places(dialect: Dialect, free: readonly string[]): readonly string[] {
  // a free label may have the name of a variable
  const named: readonly (readonly [label: string, variable: string, isSaid: string])[] = [
    ['bot', '$bot', '$bot'],
    ['env', '$env', '$env'],
    ...free.map((label) => [label, `$target_${label}`, `$target_${label}`] as const),
    ['instance', '$instance', 'and $instance (ne .CommonLabels.instance .CommonLabels.bot)'],
  ]
  return [
    `{{ $between := "${between}" }}`,
    ...named.flatMap(([label, variable, isSaid]) => [
      ...clip(dialect, variable, oneLine(`.CommonLabels.${label}`), most.place),
      `{{ if ${isSaid} }}{{ $between }}${dialect.print(variable)}{{ end }}`,
    ]),
  ]
}

type State = 'Firing' | 'Resolved'

/** What an alert says, in the variable $alert. */
const saidBy = (state: State) => {
  const summary = '(or $alert.Annotations.summary (join " " $alert.Labels.Values))'
  return state === 'Firing'
    ? `(printf "%s%s" ${summary} (reReplaceAll "^(.+)" " — $1" $alert.Annotations.value))`
    : `(or $alert.Annotations.resolved (printf "${messageWords.noLonger} %s" ${summary}))`
}

/**
 * The alerts of one state, each with its summary and a line of time; `$told` collects the summaries so far. The heading has
 * said the first one if `isHeaded`.
 */
function list(
  dialect: Dialect,
  room: number,
  state: State,
  count: string,
  times: string,
  isHeaded: string,
): readonly string[] {
  const all = `$.Alerts.${state}`
  return [
    `{{ range $i, $alert := ${all} }}`,
    `{{ if or (ge $i ${count}) (${isLonger('$told', room)}) }}`,
    `${newLine}${dialect.literal(messageWords.andMore('N')).replace('N', `{{ len (slice ${all} $i) }}`)}{{ break }}`,
    '{{ end }}',
    ...clip(dialect, '$summary', oneLine(saidBy(state)), most.summary),
    '{{ $told = printf "%s%s" $told $summary }}',
    `{{ if not (and (eq $i 0) ${isHeaded}) }}${newLine}{{ if gt (len ${all}) 1 }}• {{ end }}${dialect.print('$summary')}{{ end }}`,
    `${newLine}${times}`,
    '{{ end }}',
  ]
}

/** A link, if its address is known: one that is too long loses its variables, one that could break out of the markup is left out. */
function link(dialect: Dialect, url: string, annotation: string, limit: number, title: string): readonly string[] {
  const tooLong = isLonger(`(html ${url})`, limit)
  const safe = '^https?://(?:[A-Za-z0-9._~:/?#@!$,;=&-]|%[0-9A-Fa-f]{2})+$'
  return [
    `{{ ${url} := reReplaceAll "\\\\+" "%20" $first.Annotations.${annotation} }}`,
    `{{ if ${tooLong} }}{{ ${url} = reReplaceAll "[?&]var-.*" "" ${url} }}{{ end }}`,
    `{{ if and (match "${safe}" ${url}) (not (${tooLong})) }}`,
    `{{ $between }}${dialect.link(url, dialect.literal(title))}{{ $between = " · " }}`,
    '{{ end }}',
  ]
}

const oneLine = (expression: string) => `(reReplaceAll "\\\\s+" " " ${expression})`

const time = ({ bot }: Model, of: string): string => {
  const zone = bot.day.timeZone
  const there = zone === 'UTC' ? `${of}.UTC` : `(${of} | tz ${JSON.stringify(zone)})`
  return `${there}.Format ${JSON.stringify(messageWords.dayAndTime)}`
}
