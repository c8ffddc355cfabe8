import type { PageContent, SeenPanel } from './seen.ts'

/** Reads the page in its current state; runs in the browser. */
export function readPageContent(): PageContent {
  return {
    heading: document.querySelector('h1')?.textContent ?? '',
    panels: [...document.querySelectorAll<HTMLElement>('[data-panel]')].map(panelSeen),
    waiting: document.querySelectorAll('[data-griditem-key^="place-"]:not(:has([data-panel]))').length,
    sentences: [...document.querySelectorAll('[data-sentence]')].map((one) => one.textContent ?? ''),
    counts: [...document.querySelectorAll<HTMLElement>('[data-ok]')].map(({ dataset }) =>
      Object.fromEntries(Object.entries(dataset).map(([state, count]) => [state, Number(count)])),
    ),
    cut: [...document.querySelectorAll<HTMLElement>('section')].flatMap(cutIn),
    tooWide: document.documentElement.scrollWidth - innerWidth,
  }
}

function panelSeen(panel: HTMLElement): SeenPanel {
  const { panel: id, title, type, state, declared, words } = panel.dataset
  return {
    id: Number(id),
    title: title ?? '',
    type: type ?? '',
    state: state ?? '',
    declared: declared === 'true',
    words: words ?? '',
    legend: [...panel.querySelectorAll('[data-testid*="VizLegend series"], [class*="LegendLabel"]')]
      .map((one) => one.textContent ?? '')
      .filter((text) => text !== ''),
  }
}

/** Texts partly hidden by an enclosing box, up to the panel, and tables with columns beyond the edge. */
function cutIn(panel: HTMLElement): readonly string[] {
  const title =
    panel.querySelector('h2')?.textContent ?? panel.querySelector('[data-title]')?.getAttribute('data-title')
  const walker = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT)
  const cut: string[] = []
  for (let text = walker.nextNode(); text !== null; text = walker.nextNode())
    if ((text.textContent ?? '').trim() !== '' && isShown(text.parentElement) && isCut(text, panel))
      cut.push(`${title}: ${text.textContent}`)
  const wide = [...panel.querySelectorAll('[role="grid"]')].filter((grid) => grid.scrollWidth > grid.clientWidth + 1)
  return [
    ...cut,
    ...wide.map((grid) => `${title}: the table is ${grid.scrollWidth - grid.clientWidth} pixels too wide`),
  ]
}

const isShown = (one: Element | null) => {
  if (one === null || one.tagName === 'title' || one.tagName === 'STYLE') return false
  const { width, height } = one.getBoundingClientRect()
  // Text for screen readers only is clipped to nothing.
  return (
    width > 1 &&
    height > 1 &&
    one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    getComputedStyle(one).clip === 'auto'
  )
}

/** What may be cut off unnoticed: pixels at the sides of a text, and the share of a line that is empty above and below. */
const besides = 1
const empty = 0.25

/** The rows of a table and the lines of a log scroll, with a visible scroll bar; only the first one must be fully visible. */
const scrolls = (one: Element | null | undefined) =>
  (one?.closest('[role="grid"]') != null && one.closest('[aria-rowindex="2"]') === null) ||
  (one?.closest('[data-scrolls]') != null && one.closest('[data-scrolls] > li:first-child') === null)

function isCut(text: Node, panel: HTMLElement): boolean {
  const range = document.createRange()
  range.selectNodeContents(text)
  const { left, right, top, bottom, height } = range.getBoundingClientRect()
  const line = range.getClientRects()[0]?.height ?? height
  const above = line * empty
  for (let box = text.parentElement; box !== null; box = box === panel ? null : box.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(box)
    const edge = box.getBoundingClientRect()
    const hidesSideways = overflowX !== 'visible' || box === panel
    if (hidesSideways && (left < edge.left - besides || right > edge.right + besides)) return true
    const hidesBelow = (overflowY !== 'visible' || box === panel) && !scrolls(text.parentElement)
    if (hidesBelow && (top < edge.top - above || bottom > edge.bottom + above)) return true
  }
  return false
}
