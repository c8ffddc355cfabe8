import { type Destinations, destinationOf, openedIn } from '../scene/destinations.ts'

/** HTML whose links lead somewhere from here; those that do not are text with the reason as its title. */
export function followedHtml(html: string, destinations: Destinations): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  for (const link of body.querySelectorAll('a')) {
    const found = destinationOf(link.getAttribute('href') ?? '', destinations)
    if ('why' in found) {
      const text = document.createElement('span')
      text.title = found.why
      text.append(...link.childNodes)
      link.replaceWith(text)
    } else {
      link.setAttribute('href', found.href)
      for (const [name, value] of Object.entries(openedIn(found.isOutside))) link.setAttribute(name, value)
    }
  }
  return body.innerHTML
}
