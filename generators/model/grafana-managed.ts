import { binary, type Matcher, type Matching, type Node, selector } from '../../definitions/language/node.ts'
import { verbatim } from '../text/verbatim.ts'
import { asking } from './held-back.ts'
import type { AlertRule, Model } from './model.ts'
import { muteScope } from './mute-scope.ts'
import { mutings } from './muting.ts'

/**
 * The alerts that Grafana evaluates and sends, if the bot's are managed by it: those on what the bot says about itself. Whether
 * anything still says something stays with Prometheus and Alertmanager, so that a dead Grafana is noticed: absences, scrapes, the
 * watchdog, and the way to a phone.
 */
export function grafanaManaged(model: Model): readonly AlertRule[] {
  if (model.bot.alertsManagedBy !== 'grafana') return []
  const asksOwn = asking(model, () => true)
  return model.alerts.filter(({ of }) => of.of === 'condition' && !of.direct && asksOwn(of.when))
}

/** Alerts that mute another, and the labels that both must share. */
interface Muters {
  readonly names: readonly string[]
  readonly on: readonly string[]
}

/** What mutes an alert, as Alertmanager's inhibition rules compare it: by all labels that both have, never across bot or env. */
export function mutersOf(model: Model, target: AlertRule): readonly Muters[] {
  const found = new Map<string, { readonly names: string[]; readonly on: readonly string[] }>()
  for (const [source, muted] of mutings(model)) {
    if (muted !== target || source.labels.includes('env') !== target.labels.includes('env')) continue
    const on = [...given.filter((label) => target.labels.includes(label)), ...muteScope(source, target)]
    const known = found.get(on.join(' '))
    if (known === undefined) found.set(on.join(' '), { names: [source.name], on })
    else known.names.push(source.name)
  }
  return [...found.values()]
}
const given = ['bot', 'env']

/** The series that is there while one of these alerts fires. */
const firing = (names: readonly string[]): Node =>
  selector('ALERTS', [alertnames(names), Object.freeze({ label: 'alertstate', op: '=', value: 'firing' })])

/** The recorded alerts that fire and may be reported: what fired when its mute began, until the mute ends. */
export const reportedAlerts = (model: Model, names: readonly string[]): Node =>
  selector(reportedName(model), [alertnames(names)])

const reportedName = ({ bot }: Model): string => `${bot.name}:alerts_reported`

const alertnames = (names: readonly string[]): Matcher => {
  const [only, ...more] = names
  return only !== undefined && more.length === 0
    ? Object.freeze({ label: 'alertname', op: '=', value: only })
    : Object.freeze({ label: 'alertname', op: '=~', value: names.map(verbatim).join('|') })
}

const matchedOn = (labels: readonly string[]): Matching =>
  Object.freeze({ word: 'on', labels: Object.freeze([...labels]), group: null, include: Object.freeze([]) })

/** An expression without what is muted. */
export const unlessMuted = (of: Node, muters: readonly Muters[]): Node =>
  muters.reduce((left, { names, on }) => binary('unless', left, firing(names), matchedOn(on)), of)

/** The part of an expression that is muted; null if nothing mutes it. */
export function whileMuted(of: Node, muters: readonly Muters[]): Node | null {
  const [first, ...more] = muters.map(({ names, on }) => binary('and', of, firing(names), matchedOn(on)))
  return first === undefined ? null : more.reduce((left, one) => binary('or', left, one), first)
}

/**
 * The recording rules that remember which muted alerts were firing when their mute began. Grafana has no inhibition: an alert whose
 * series its mute drops would be sent as RESOLVED. A rule reads its own last sample, so what it remembers lasts as long as the mute.
 */
export function reportedRecords(model: Model): readonly { readonly name: string; readonly expr: Node }[] {
  const classes = new Map<string, { readonly names: string[]; readonly muters: readonly Muters[] }>()
  for (const alert of grafanaManaged(model)) {
    const muters = mutersOf(model, alert)
    if (muters.length === 0) continue
    const key = JSON.stringify(muters)
    const known = classes.get(key)
    if (known === undefined) classes.set(key, { names: [alert.name], muters })
    else known.names.push(alert.name)
  }
  return [...classes.values()].map(({ names, muters }) => {
    const now = unlessMuted(firing(names), muters)
    const before = whileMuted(reportedAlerts(model, names), muters)
    return { name: reportedName(model), expr: before === null ? now : binary('or', now, before) }
  })
}
