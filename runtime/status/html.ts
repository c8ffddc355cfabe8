import { createHash } from 'node:crypto'
import type { CardNow, StatusNow } from './read.ts'

/** Text escaped for HTML, including attributes. */
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** The page with the current values; its script refreshes them. */
export const statusHtml = (now: StatusNow): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(now.title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header><h1 title="${escapeHtml(now.title)}">${escapeHtml(now.title)}</h1><p id="uptime">up ${escapeHtml(now.uptime)}</p><p id="state" role="status"></p></header>
<main id="cards">${now.cards.map(cardHtml).join('')}</main>
<script>${script}</script>
</body>
</html>
`

const cardHtml = ({ title, text, tone, rows, note, metric }: CardNow): string =>
  `<section title="${escapeHtml(metric)}"><h2>${escapeHtml(title)}</h2>` +
  (text === '' ? '' : `<p class="value ${tone}">${escapeHtml(text)}</p>`) +
  (rows.length === 0
    ? ''
    : `<dl>${rows.map((row) => `<div><dt>${escapeHtml(row.name)}</dt><dd>${escapeHtml(row.text)}</dd></div>`).join('')}</dl>`) +
  (note === '' ? '' : `<p class="note">${escapeHtml(note)}</p>`) +
  '</section>'

const style = `
:root { --ground: #f4f5f7; --card: #fff; --ink: #1c2128; --soft: #59636e; --line: #d8dde3; --good: #0a6b3d; --bad: #b3261e }
@media (prefers-color-scheme: dark) {
  :root { --ground: #0f1217; --card: #191e25; --ink: #e8ebef; --soft: #9aa5b1; --line: #2c333d; --good: #57d08f; --bad: #ff8a80 }
}
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1.5rem; max-width: 76rem; background: var(--ground); color: var(--ink); font: 1rem/1.4 system-ui, sans-serif; overflow-wrap: anywhere }
header { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; margin: 0 0 .75rem; padding: .5rem 0; background: var(--ground) }
h1 { margin: 0; font-size: 1.4rem; min-width: 0; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden }
@media (max-width: 40rem) { h1 { font-size: 1.1rem; -webkit-line-clamp: 1 } }
.lost h1 { -webkit-line-clamp: 1 }
#uptime { margin: 0; color: var(--soft) }
#state { margin: 0; color: var(--bad); font-weight: 600 }
.lost main { --ink: var(--soft); --good: var(--soft); --bad: var(--soft); --card: var(--ground) }
.lost section { border-style: dashed; color: var(--soft) }
.lost .value, .lost dd { font-weight: 400; font-style: italic }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); gap: 1rem }
section { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem; min-width: 0 }
h2 { margin: 0 0 .4rem; font-size: .9rem; font-weight: 500; color: var(--soft) }
.value { margin: 0; font-size: 1.4rem; font-weight: 600; font-variant-numeric: tabular-nums }
.good { color: var(--good) }
.bad { color: var(--bad) }
dl { margin: 0; font-size: .9rem }
dl div { display: flex; justify-content: space-between; gap: .75rem }
dt { color: var(--soft); min-width: 0 }
dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap }
.note { margin: .4rem 0 0; font-size: .8rem; color: var(--soft) }
@media print {
  :root { color-scheme: light; --ground: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #888; --good: #0a6b3d; --bad: #b3261e }
  body { max-width: none; padding: 0 }
  header { position: static }
  h1 { -webkit-line-clamp: none }
  section { break-inside: avoid }
}
`

// Plain browser JavaScript; text is inserted as text, never as HTML.
const script = `
const cards = document.getElementById('cards'), state = document.getElementById('state'), uptime = document.getElementById('uptime')
const made = (name, className, text) => {
  const element = document.createElement(name)
  if (className) element.className = className
  if (text !== undefined) element.textContent = text
  return element
}
const show = ({ title, metric, text, tone, rows, note }) => {
  const section = made('section')
  section.title = metric
  section.append(made('h2', '', title))
  if (text !== '') section.append(made('p', 'value ' + tone, text))
  if (rows.length > 0) {
    const list = made('dl')
    for (const row of rows) {
      const line = made('div')
      line.append(made('dt', '', row.name), made('dd', '', row.text))
      list.append(line)
    }
    section.append(list)
  }
  if (note !== '') section.append(made('p', 'note', note))
  return section
}
const update = (old, fresh) => {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data
    return
  }
  if (old.className !== fresh.className) old.className = fresh.className
  if (old.title !== fresh.title) old.title = fresh.title
  const children = [...fresh.childNodes]
  children.forEach((child, i) => {
    const before = old.childNodes[i]
    if (!before) old.append(child)
    else if (before.nodeName === child.nodeName) update(before, child)
    else before.replaceWith(child)
  })
  while (old.childNodes.length > children.length) old.lastChild.remove()
}
// New text in a selected node would collapse the selection.
const keepingSelection = (change) => {
  const selection = getSelection()
  const { anchorNode, anchorOffset, focusNode, focusOffset, isCollapsed } = selection
  change()
  if (isCollapsed || !anchorNode.isConnected || !focusNode.isConnected) return
  const within = (node, offset) => Math.min(offset, node.nodeType === Node.TEXT_NODE ? node.data.length : node.childNodes.length)
  selection.setBaseAndExtent(anchorNode, within(anchorNode, anchorOffset), focusNode, within(focusNode, focusOffset))
}
const title = document.title
let answered = new Date(), failed = false, since = performance.now()
const tell = () => {
  // A suspended machine sends no request, so that none fails.
  const lost = failed || performance.now() - since > 8000
  const text = lost ? 'no response since ' + answered.toLocaleTimeString() + ': values are stale' : ''
  if (state.textContent !== text) state.textContent = text
  uptime.hidden = lost
  document.title = lost ? 'No response: ' + title : title
  document.body.className = lost ? 'lost' : ''
}
const refresh = async () => {
  try {
    const response = await fetch('api/metrics', { signal: AbortSignal.timeout(3000) })
    if (!response.ok) throw new Error(response.status)
    const now = await response.json()
    const fresh = made('main')
    fresh.append(...now.cards.map(show))
    keepingSelection(() => {
      update(cards, fresh)
      uptime.firstChild.data = 'up ' + now.uptime
    })
    answered = new Date()
    since = performance.now()
    failed = false
  } catch {
    failed = true
  }
  tell()
  setTimeout(refresh, 2000)
}
setTimeout(refresh, 2000)
setInterval(tell, 1000)
`

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** The Content-Security-Policy: only this page's own style and script, and requests only to its own server. */
export const policy = [
  "default-src 'none'",
  `style-src ${hash(style)}`,
  `script-src ${hash(script)}`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
