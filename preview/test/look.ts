import type { Seen, SeenPanel } from './seen.ts'

/** Reads the page as it stands; runs in the browser. */
export function seen(): Seen {
  return {
    heading: document.querySelector('h1')?.textContent ?? '',
    panels: [...document.querySelectorAll<HTMLElement>('[data-panel]')].map(panelSeen),
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

/** Elements whose own text is wider or higher than the room they have, and text of drawings beyond the edge. */
function cutIn(panel: HTMLElement): readonly string[] {
  const title =
    panel.querySelector('h2')?.textContent ?? panel.querySelector('[data-title]')?.getAttribute('data-title')
  const edge = panel.getBoundingClientRect()
  const texts = [...panel.querySelectorAll<HTMLElement | SVGElement>('*')].filter(hasOwnText)
  return texts
    .filter((one) => isShown(one) && (overflows(one) || beyond(one, edge)))
    .map((one) => `${title}: ${one.textContent}`)
}

const hasOwnText = (one: Element) =>
  one.tagName !== 'title' &&
  [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '')

const isShown = (one: Element) => {
  const { width, height } = one.getBoundingClientRect()
  const { visibility, clip } = getComputedStyle(one)
  // What is only for screen readers is clipped to nothing.
  return width > 1 && height > 1 && visibility !== 'hidden' && clip === 'auto'
}

/** The text or a box around it, up to the panel, hides some of it sideways. */
function overflows(one: Element): boolean {
  if (one instanceof SVGElement) return false
  const { overflowX, textOverflow } = getComputedStyle(one)
  const hides = overflowX !== 'visible' || textOverflow === 'ellipsis'
  return hides && one.scrollWidth > one.clientWidth + 1
}

/** On a phone the columns of a table may stand where one pushes them into view. */
function beyond(one: Element, edge: DOMRect): boolean {
  const { left, right } = one.getBoundingClientRect()
  if (innerWidth < 600 && one.closest('[role="grid"]') !== null) return false
  return left < edge.left - 1 || right > edge.right + 1
}
