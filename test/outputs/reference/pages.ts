import { join } from 'node:path'
import type { Files, Model } from '../../../generators/model/model.ts'
import { anchor } from '../../../generators/text/markdown.ts'

/** Pages by their path in their folder, each with `.txt` after its name, so that no formatter changes it there. */
export const unformattedPages = (pages: Files, folder: string): ReadonlyMap<string, string> =>
  new Map([...pages].map(([path, text]) => [`${path.slice(folder.length + 1)}.txt`, text]))

/** Dead links in pages: to a page that is not among them, or to a heading that does not exist. */
export function deadLinks(pages: Files): readonly string[] {
  return [...pages].flatMap(([path, text]) =>
    [...withoutCode(text).matchAll(/\]\(([^)\s]*)\)/g)].flatMap(([, target = '']) => {
      const [file = '', heading] = target.split('#')
      const to = file === '' ? path : join(path, '..', file)
      const page = pages.get(to)
      const isThere = page !== undefined && (heading === undefined || headingsOf(page).includes(heading))
      return isThere ? [] : [`${path}: ${target}`]
    }),
  )
}

/** The paths of panels that pages name, and those that the model has. */
export const panelPathsIn = (pages: Files): readonly string[] =>
  [...pages.values()].flatMap((text) => [...text.matchAll(/\/d\/[\w-]+\?viewPanel=\d+/g)].map(([path]) => path))
export const panelPathsOf = ({ dashboards }: Model): readonly string[] =>
  dashboards.flatMap((board) =>
    board.rows.flatMap((row) => row.panels.map((panel) => `/d/${board.uid}?viewPanel=${panel.id}`)),
  )

/** Table rows whose number of cells differs from the header of their table. */
export function brokenRows(pages: Files): readonly string[] {
  const broken: string[] = []
  for (const [path, text] of pages) {
    let cells: number | null = null
    for (const line of text.split('\n')) {
      const found = line.startsWith('|') ? line.replaceAll('\\|', '').split('|').length : null
      if (found !== null && cells !== null && found !== cells) broken.push(`${path}: ${line}`)
      cells = found
    }
  }
  return broken
}

const withoutCode = (text: string) => text.replace(/^ *```[\s\S]*?^ *```$/gm, '').replace(/`[^`\n]*`/g, '`')
const headingsOf = (page: string) =>
  [...page.matchAll(/^#+ (.*)$/gm)].map(([, words = '']) => anchor(words.replaceAll('\\', '')))
