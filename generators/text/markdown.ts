import { generatedNotice } from './header.ts'

/** A Markdown page: the header of generated files, then blocks separated by empty lines. */
export const page = (blocks: readonly string[]): string =>
  `${[`<!-- ${generatedNotice} -->`, ...blocks.filter((block) => block !== '')].join('\n\n')}\n`

/** A person's words on one line, escaped so that Markdown shows them unchanged; what is between backticks stays code. */
export function prose(words: string): string {
  const parts = oneLine(words).split(/(`[^`]+`)/)
  const shown = parts.map((part, i) => (i % 2 === 1 ? part : part.replace(markup, '\\$&'))).join('')
  return shown.replace(/^(?=[-+#](?:\s|$)|[>[#])/, '\\').replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
}

/** Escapes only what Markdown would read as markup in its place, so that the plain text stays readable. */
const markup = new RegExp(
  [
    '[\\\\`~$]',
    // emphasis, but neither a product between spaces nor an underscore inside a name
    '(?<!\\s)\\*|\\*(?!\\s)',
    '(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])',
    // links, tags and entities
    '\\](?=[([:])|\\[(?=\\^)',
    '<(?=[A-Za-z/!?])',
    '&(?=#?\\w+;)',
  ].join('|'),
  'gu',
)

/** Inline code, whatever backticks the text has. */
export function code(text: string): string {
  const line = oneLine(text)
  const fence = '`'.repeat(longestRun(line) + 1)
  const room = /^`|`$|^ .* $/.test(line) ? ' ' : ''
  return `${fence}${room}${line}${room}${fence}`
}

/** A fenced code block. */
export function codeBlock(text: string, language = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}${language}\n${text.replace(/\r\n?/g, '\n').replace(/\n+$/, '')}\n${fence}`
}

export const heading = (level: 1 | 2 | 3 | 4, words: string): string => `${'#'.repeat(level)} ${words}`
export const link = (words: string, target: string): string => `[${words}](${target})`
export const bulletList = (items: readonly string[]): string => items.map((item) => `- ${indented(item, 2)}`).join('\n')

/** A numbered list; an item may consist of several blocks. */
export const numberedList = (items: readonly string[]): string =>
  items
    .map((item, i) => {
      const mark = `${i + 1}. `
      return mark + indented(item, mark.length)
    })
    .join('\n')

/** A table whose cells are already Markdown; a bar or a line break in a cell does not break it. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** The part of a link after `#` that leads to a heading, as GitHub and most renderers form it. */
export const anchor = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .replace(/\s/g, '-')

const cell = (text: string) => oneLine(text).replace(/\|/g, '\\|')
const oneLine = (text: string) => text.trim().replace(/\s*[\r\n]+\s*/g, ' ')
const longestRun = (text: string) => Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))
const indented = (text: string, by: number) => text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(by)}`)
