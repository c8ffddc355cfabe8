import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Files, Model } from '../../../generators/model/model.ts'
import { anchor } from '../../../generators/text/markdown.ts'

/** The pages that are expected, by their path; each lies there with `.txt` behind its name, so that nobody formats it. */
export function expectedPages(folder: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
    if (entry.endsWith('.md.txt')) found[entry.slice(0, -'.txt'.length)] = readFileSync(join(folder, entry), 'utf8')
  return found
}

/** Links of pages that lead nowhere: to a page that is not among them, or to a heading that a page does not have. */
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

/** Rows of tables that have another number of cells than the head of their table. */
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
