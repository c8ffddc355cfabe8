/** What a person sees of one panel. */
export interface SeenPanel {
  readonly id: number
  readonly title: string
  readonly type: string
  readonly state: string
  readonly declared: boolean
  readonly words: string
  readonly legend: readonly string[]
}

export interface PageContent {
  readonly heading: string
  readonly panels: readonly SeenPanel[]
  /** How many places on the page have no panel yet. */
  readonly waiting: number
  /** The errors and warnings on the page. */
  readonly sentences: readonly string[]
  /** For each dashboard in the list, how many panels are in each state. */
  readonly counts: readonly Readonly<Record<string, number>>[]
  /** Texts that do not fit, with the panel they are in. */
  readonly cut: readonly string[]
  /** Pixels by which the page is wider than the window. */
  readonly tooWide: number
}
