import type { PageReport, PanelSays } from './reports.ts'

/** What has been announced of a dashboard; a panel that loads is as it was before. */
export interface AnnouncedState {
  readonly old: boolean
  readonly cause: string | null
  readonly panels: ReadonlyMap<number, PanelSays>
}

/** How many panels are named in one announcement. */
const most = 3

/** What is to be announced next; null before the first panel, and while one loads for the first time. */
export function nextAnnounced(
  { cause, states }: PageReport,
  old: boolean,
  before: AnnouncedState | null,
): AnnouncedState | null {
  const known = [...states].map(([id, says]) => [id, says.is === 'loading' ? before?.panels.get(id) : says] as const)
  const settled = known.flatMap(([id, says]) => (says === undefined ? [] : [[id, says] as const]))
  return settled.length === 0 || settled.length < known.length
    ? null
    : { old, cause: cause?.words ?? null, panels: new Map(settled) }
}

/** The one announcement of a change: what concerns the whole page, or else each panel that changed; empty if there is nothing to say. */
export function announcement(title: string, before: AnnouncedState | null, now: AnnouncedState): string {
  const all = [...now.panels.values()]
  if (now.cause !== null)
    return now.cause === before?.cause ? '' : `${now.cause.replace(/[^.!?]$/, '$&.')} ${title} has no new data.`
  if (before === null)
    return all.length === 0
      ? ''
      : `${title}: ${[counted(all.length, 'panel'), ...troubles(all.filter(({ is }) => is !== 'empty'))].join(', ')}.`
  if (now.old !== before.old) return now.old ? `The data of ${title} is old.` : `${title} shows new data again.`
  const changed = [...now.panels].flatMap(([id, says]) => {
    const was = before.panels.get(id)
    return was === undefined || wordsOf(was) === wordsOf(says) ? [] : [says]
  })
  if (changed.length <= most) return changed.map((says) => `${says.title}: ${wordsOf(says)}.`).join(' ')
  const again = changed.filter(({ is }) => is === 'ok').length
  const states = [...troubles(changed), ...(again === 0 ? [] : [`${counted(again, 'panel')} with data again`])]
  return `${title}: ${states.join(', ')}.`
}

/** The panels that do not show what they should, for a title: `2 panels in error`; null if there are none. */
export function trouble(states: PageReport['states']): string | null {
  const all = [...states.values()]
  const inError = all.filter(({ is }) => is === 'error').length
  const unexplained = all.filter(({ is }) => is === 'unexplained').length
  if (inError > 0) return `${counted(inError, 'panel')} in error`
  return unexplained > 0 ? `${counted(unexplained, 'panel')} without data` : null
}

function troubles(panels: readonly PanelSays[]): readonly string[] {
  const inError = panels.filter(({ is }) => is === 'error').length
  const empty = panels.filter(({ is }) => is === 'empty' || is === 'unexplained').length
  return [...(inError === 0 ? [] : [`${inError} in error`]), ...(empty === 0 ? [] : [`${empty} without data`])]
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`

function wordsOf({ is }: PanelSays): string {
  switch (is) {
    case 'error':
      return 'in error'
    case 'empty':
    case 'unexplained':
      return 'no data'
    default:
      return 'shows data again'
  }
}
