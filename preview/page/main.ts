import './boot.ts'
import './page.css'
import { askAhead } from './server.ts'

// The libraries cannot read an address with a `%` that encodes nothing, and would never draw.
try {
  decodeURI(location.pathname)
} catch {
  history.replaceState(null, '', `${location.pathname.replaceAll('%', '%2525')}${location.search}`)
}
// Loads first what the address needs: its data, and in index.html or dashboard.html its script.
askAhead(location.pathname)
const root = document.getElementById('root')
const { draw } = await import('./page.tsx')
if (root !== null) await draw(root)
