import icons from 'icons-at-once'
import { cacheStore } from 'react-inlinesvg'

/** Gives the library the icons that are part of this script as if it had loaded them. */
export function haveIcons(): void {
  for (const [name, content] of Object.entries(icons))
    cacheStore.set(`/build/img/icons/unicons/${name}.svg`, { content, status: 'loaded' })
}
