import './boot.ts'
import './page.css'
import { askAhead } from './server.ts'

// Loads first what the address needs: its data, and in index.html or dashboard.html its script.
askAhead(location.pathname)
const root = document.getElementById('root')
const { draw } = await import('./page.tsx')
if (root !== null) await draw(root)
