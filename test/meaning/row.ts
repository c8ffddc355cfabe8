import { describeDomain, describeUnit, describeValues } from '../../generators/meaning/describe.ts'
import type { Meaning } from '../../generators/meaning/meaning.ts'

/** A row of the documentation's tables: what is known about an expression. */
export function rowOf(text: string, meaning: Meaning): string {
  const { labels, series, absent, never } = meaning
  const own = [...labels].filter(([label]) => !/^(bot|env|instance|job)$/.test(label)).sort()
  const target = [...labels.keys()].filter((label) => /^(bot|env|instance|job)$/.test(label))
  const shown = [
    ...own.map(([label, domain]) => `${label} = ${describeDomain(domain)}`),
    target.length === 4 ? 'those of the target' : target.sort().join(', '),
  ]
  const cells =
    never === null
      ? [
          shown.filter((one) => one !== '').join('; '),
          describeUnit(meaning),
          describeValues(meaning.values),
          absent.join(', ') || 'never',
          String(series),
        ]
      : ['', '', '', `always: ${never}`, '0']
  return `| \`${text.replaceAll('|', '\\|')}\` | ${cells.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |`
}
