import { caret } from '../caret.ts'
import type { LocatedFinding } from './located.ts'

/** All findings as workflow commands, which GitHub shows next to the lines of a change. */
export const asGithub = (all: readonly LocatedFinding[]): string =>
  all
    .map(({ code, name, severity, file, line, columns, of, message, fix, in: place }) => {
      const across = columns === null ? [] : [`col=${columns[0]}`, `endColumn=${columns[1]}`]
      const where = file === '' ? [] : [`file=${property(file)}`, `line=${line}`, ...across]
      const title = `title=${property(code === name ? code : `${code} ${name}`)}`
      const text = [`${of}: ${message}`, ...(place === null ? [] : caret(place.text, place)), fix]
      return `::${severity} ${[...where, title].join(',')}::${data(text.filter((one) => one !== '').join('\n'))}\n`
    })
    .join('')

const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
