import { type ActiveAlert, type AlertmanagerView, type RaisedAlert, raise } from './alertmanager.ts'
import { now } from './clock.ts'
import type { RelayConfig, SourceConfig } from './config.ts'
import { isBack, isSettled, type SourceState, secondsText, silenceOf } from './silence.ts'

/** How long a raised alert lasts without another, in seconds. */
const raisedFor = 300
/** How many alerts a message names. */
const listed = 15

interface Options {
  readonly config: RelayConfig
  readonly runbookUrl: string
  readonly log: (line: string) => void
}

/** Raises an alert while a source is silent, and ends it once everything that fires has arrived again; returns the next state. */
export function silenceReporter({ config, runbookUrl, log }: Options) {
  return report

  async function report(source: SourceConfig, state: SourceState, view: AlertmanagerView): Promise<SourceState> {
    const reason = silenceOf(source, state, now())
    const active = view.alerts.filter((alert) => isOf(source, alert, config))
    const namesOf = (alerts: readonly ActiveAlert[]) => alerts.map(({ labels }) => nameOf(labels, config.bot))
    if (state.silentSince === null) {
      if (reason === null) return state
      log(`${reason}: alerts on ${unwatched(source)} are not evaluated`)
      const silent = {
        ...state,
        silentSince: Date.now(),
        freshSince: null,
        firedBefore: namesOf(active.filter(hasEnd)),
      }
      await raised(source, silent, `${reason}: nothing watches ${unwatched(source)} now`)
      return silent
    }
    if (reason !== null) {
      await raised(source, state, `${reason}: nothing watches ${unwatched(source)} now`)
      return { ...state, freshSince: null }
    }
    if (!isBack(state)) {
      await raised(source, state, `${source.title} was silent: waiting for its Watchdog`)
      return { ...state, freshSince: null }
    }
    const fresh = { ...state, freshSince: state.freshSince ?? now() }
    if (!isSettled(source, fresh, now())) {
      await raised(source, fresh, `${source.title} works again: waiting until every alert has been evaluated`)
      return fresh
    }
    const after = resolvedText(source, fresh, namesOf(active))
    if (!(await raise(config.alertmanager, [alertFor(source, fresh, '', after)]))) return fresh
    log(after)
    return { ...fresh, silentSince: null, freshSince: null, firedBefore: [] }
  }

  function unwatched({ texts }: SourceConfig): string {
    return texts?.unwatched ?? config.bot
  }

  /** What happened before the silence is not over after it. */
  function hasEnd({ labels }: ActiveAlert): boolean {
    return !config.events.includes(labels['alertname'] ?? '')
  }

  function raised(source: SourceConfig, state: SourceState, summary: string): Promise<boolean> {
    return raise(config.alertmanager, [alertFor(source, state, summary, '')])
  }

  function alertFor(source: SourceConfig, state: SourceState, summary: string, resolved: string): RaisedAlert {
    const { labels, runbook } = config.silence
    const { description, steps } = source.texts ?? config.silence
    const isOver = resolved !== ''
    return {
      labels: { ...labels, ...source.labels, instance: source.name },
      annotations: {
        summary: isOver ? resolved : summary,
        ...(isOver ? { resolved } : { description, steps }),
        ...(runbookUrl === '' || isOver ? {} : { runbook_url: `${runbookUrl.replace(/\/+$/, '')}/${runbook}` }),
      },
      // after a clock step it must not start in the future, which Alertmanager refuses
      startsAt: new Date(Math.min(state.silentSince ?? Date.now(), Date.now() - 1000)).toISOString(),
      endsAt: new Date(Date.now() + (isOver ? 0 : raisedFor * 1000)).toISOString(),
    }
  }
}

/** Alerts that the source evaluates, without its Watchdog and what this relay raises. */
const isOf = (source: SourceConfig, { labels }: ActiveAlert, { silence, bot }: RelayConfig): boolean =>
  labels['bot'] === bot &&
  labels['alertname'] !== silence.labels['alertname'] &&
  labels['alertname'] !== source.watchdog['alertname'] &&
  (labels['evaluator'] ?? '') === (source.labels['evaluator'] ?? '')

/** The name of an alert with what tells it from others of the same name. */
function nameOf(labels: Readonly<Record<string, string>>, bot: string): string {
  const own = new Set(['alertname', 'bot', 'severity', 'job', 'evaluator'])
  const more = Object.entries(labels)
    .filter(([label, value]) => !own.has(label) && value !== bot)
    .map(([, value]) => value)
  return `${labels['alertname']}${more.length === 0 ? '' : ` (${more.join(', ')})`}`
}

function resolvedText(
  source: SourceConfig,
  { silentSince, firedBefore }: SourceState,
  fires: readonly string[],
): string {
  const over = firedBefore.filter((name) => !fires.includes(name))
  const list = (names: readonly string[]) =>
    `${names.slice(0, listed).join(', ')}${names.length > listed ? ` and ${names.length - listed} more` : ''}`
  return [
    `${source.title} evaluates alerts again after ${secondsText((Date.now() - (silentSince ?? 0)) / 1000)}.`,
    fires.length === 0 ? 'Nothing fires now.' : `Still firing: ${list(fires)}.`,
    ...(over.length === 0 ? [] : [`Fired before and does not now: ${list(over)}.`]),
  ].join(' ')
}
