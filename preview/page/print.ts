import './print.css'

/** Panels keep their height on paper, where the grid no longer sets it. */
function keepHeights(): void {
  for (const item of document.querySelectorAll<HTMLElement>('.react-grid-item'))
    item.style.setProperty('--height', item.style.height)
}

/** Prints pages as wide as the window, so that what is drawn fits, with the proportions of A4. */
export function fitPaper(): void {
  const sheet = new CSSStyleSheet()
  document.adoptedStyleSheets.push(sheet)
  const fit = () => {
    const width = document.documentElement.clientWidth
    sheet.replaceSync(`@page { size: ${width}px ${Math.round(width * Math.SQRT2)}px; margin: 12px 0 }`)
  }
  addEventListener('resize', fit)
  addEventListener('beforeprint', keepHeights)
  matchMedia('print').addEventListener('change', keepHeights)
  fit()
}
