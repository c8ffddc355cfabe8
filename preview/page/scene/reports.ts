import { createContext } from 'react'

/** What a panel shows; `unexplained` is an empty panel that does not say what that means. */
export interface PanelSays {
  readonly title: string
  readonly is: 'loading' | 'ok' | 'empty' | 'unexplained' | 'error' | 'unsupported'
}

/** What a panel last said about its data; Unix milliseconds, null before the first answer. */
export interface PanelReport extends PanelSays {
  readonly answered: number | null
  readonly wrong: string | null
}

/** Why alerts are not marked in a drawing, or some of them, if `some`, may be missing. */
export interface MarksReport {
  readonly words: string
  readonly some: boolean
}

/** What the whole page says. */
export interface PageReport {
  /** When the oldest data on the page was answered; null if there is none. */
  readonly oldest: number | null
  readonly panels: number
  readonly states: ReadonlyMap<number, PanelSays>
  /** A reason that most panels share, or why the preview server gives none of them new data. */
  readonly cause: { readonly words: string; readonly panels: number } | null
  /** What is wrong with the marks of alerts, most of all. */
  readonly marks: MarksReport | null
  /** Whether the preview server does not answer. */
  readonly isAway: boolean
}

interface PanelReports {
  readonly panel: (id: number, report: PanelReport | null) => void
  readonly marks: (drawing: string, wrong: MarksReport | null) => void
  /** Says why the preview server does not answer; null while it does. */
  readonly away: (words: string | null) => void
  readonly subscribe: (listener: () => void) => () => void
  /** The same object until something changes. */
  readonly page: () => PageReport
}

/** Collects what the panels of one dashboard report. */
export function createPanelReports(): PanelReports {
  const panels = new Map<number, PanelReport>()
  const listeners = new Set<() => void>()
  const marks = new Map<string, MarksReport>()
  let away: string | null = null
  let page = pageOf(panels, marks, away)
  const changed = () => {
    page = pageOf(panels, marks, away)
    for (const listener of listeners) listener()
  }
  return {
    panel(id, report) {
      if (report === null) panels.delete(id)
      else panels.set(id, report)
      changed()
    },
    marks(drawing, wrong) {
      const last = marks.get(drawing)
      if (wrong?.words === last?.words && wrong?.some === last?.some) return
      if (wrong === null) marks.delete(drawing)
      else marks.set(drawing, wrong)
      changed()
    },
    away(words) {
      if (words === away) return
      away = words
      changed()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    page: () => page,
  }
}

export const ReportsContext = createContext<PanelReports>(createPanelReports())

function pageOf(
  panels: ReadonlyMap<number, PanelReport>,
  marks: ReadonlyMap<string, MarksReport>,
  away: string | null,
): PageReport {
  const all = [...panels.values()]
  const wrongMarks = [...marks.values()]
  const answered = all.flatMap((one) => (one.answered === null ? [] : [one.answered]))
  const counts = new Map<string, number>()
  for (const { wrong } of all) if (wrong !== null) counts.set(wrong, (counts.get(wrong) ?? 0) + 1)
  const [words, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['', 0]
  return {
    oldest: answered.length === 0 ? null : Math.min(...answered),
    panels: all.length,
    states: new Map([...panels].map(([id, { title, is }]) => [id, { title, is }])),
    cause:
      away !== null
        ? { words: away, panels: counts.get(away) ?? 0 }
        : count > 1 && count > all.length / 2
          ? { words, panels: count }
          : null,
    isAway: away !== null,
    marks: wrongMarks.find(({ some }) => !some) ?? wrongMarks[0] ?? null,
  }
}
