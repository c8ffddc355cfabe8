import { createTheme, type GrafanaTheme2 } from '@grafana/data'
import { config } from '@grafana/runtime'

type Mode = 'light' | 'dark'

const kept = 'botwatch-preview-theme'

/** The mode that the address asks for, else the one chosen earlier, else the system's. */
export const mode: Mode = asked() ?? (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark')

/** The one theme of this page; the libraries take it from their configuration too. */
export const theme: GrafanaTheme2 = createTheme({ colors: { mode } })
config.theme2 = theme
document.documentElement.style.colorScheme = mode

/** Draws the page anew in the other mode, which is kept for later visits. */
export function changeMode(): void {
  localStorage.setItem(kept, mode === 'dark' ? 'light' : 'dark')
  const address = new URL(location.href)
  address.searchParams.delete('theme')
  location.replace(address)
}

function asked(): Mode | null {
  const given = new URLSearchParams(location.search).get('theme') ?? localStorage.getItem(kept)
  return given === 'light' || given === 'dark' ? given : null
}
