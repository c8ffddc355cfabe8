import './repairs.css'

/** What an element of Grafana's libraries lacks for a screen reader, or says wrongly. */
interface Repair {
  readonly of: string
  readonly attribute: string
  /** The right value, from the element as the library has made it. */
  readonly value: (element: Element) => string
}

const repairs: readonly Repair[] = [
  {
    // A panel below a row is part of it; the library makes every title a heading of the second level.
    of: 'section > div > div > h2',
    attribute: 'aria-level',
    value: (heading) => (isBelowRow(heading) ? '3' : '2'),
  },
  {
    // Leaves out the time zone that is written on the button.
    of: '[data-testid="data-testid TimePicker Open Button"][aria-label]',
    attribute: 'aria-label',
    value: (button) => {
      const parts = [...button.querySelectorAll('[aria-live] > span')].flatMap(({ textContent }) => textContent || [])
      return parts.length === 0 ? (button.getAttribute('aria-label') ?? '') : `Time range selected: ${parts.join(' ')}`
    },
  },
  {
    // What scrolls can be scrolled with the keyboard.
    of: '[data-panel] div[style*="overflow"][style*="auto"], [data-panel] .markdown-html',
    attribute: 'tabindex',
    value: () => '0',
  },
  {
    // Says which series are drawn instead of the one that the button is about.
    of: 'button[class*="LegendLabel"][aria-label]',
    attribute: 'aria-label',
    value: nameWithText,
  },
  {
    // The options of an open selection are in no list.
    of: ':has(> [role="option"])',
    attribute: 'role',
    value: () => 'listbox',
  },
  {
    of: '[role="listbox"]:has(> [role="option"])',
    attribute: 'aria-label',
    value: () => 'values',
  },
  {
    // The box beside an option, or beside what selects all, has no name.
    of: '[data-testid="data-testid Select option"] input[type="checkbox"], [data-testid="data-testid toggle all options"] input[type="checkbox"]',
    attribute: 'aria-label',
    value: (box) => box.closest('[data-testid*="option"]:not(label)')?.textContent?.trim() || 'all',
  },
  {
    // Says `30 seconds` where the button says `30s`.
    of: '[data-testid="data-testid RefreshPicker interval button"][aria-label]',
    attribute: 'aria-label',
    value: nameWithText,
  },
]

/** The name of a button that begins with its text, as somebody who speaks to the page calls it. */
function nameWithText(button: Element): string {
  const name = button.getAttribute('aria-label') ?? ''
  const text = button.textContent ?? ''
  return name.includes(text) ? name : `${text}: ${name.charAt(0).toLowerCase()}${name.slice(1)}`
}

/** Repairs the page now and whenever the libraries change it. */
export function keepRepaired(): void {
  const repair = () => {
    for (const { of, attribute, value } of repairs)
      for (const element of document.querySelectorAll(of)) {
        const right = value(element)
        if (element.getAttribute(attribute) !== right) element.setAttribute(attribute, right)
      }
  }
  new MutationObserver(repair).observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['aria-label'],
  })
  repair()
}

const isBelowRow = (heading: Element): boolean => {
  const row = document.querySelector('[data-row]')
  return row !== null && (row.compareDocumentPosition(heading) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
}
