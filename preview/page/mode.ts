type Mode = 'light' | 'dark'

const kept = 'botwatch-preview-theme'

/** The mode that the address sets, else the one chosen earlier, else the system's. */
export const mode: Mode = asked() ?? (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark')

document.documentElement.style.colorScheme = mode

/** Reloads the page in the other mode, which is remembered for later visits. */
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
