import { countText } from '../../text/count-text.ts'
import { caret } from '../caret.ts'
import type { CheckFinding } from '../check.ts'
import { countOf, type LocatedFinding, pageOf } from './located.ts'

/** A finding for people: where, what and why, the part of the PromQL, and what to do. */
export function findingText(found: CheckFinding, place: string): string {
  const title = found.code === found.name ? found.code : `${found.code} ${found.name}`
  const lines = [`${found.severity}: ${title}${place === '' ? '' : ` at ${place}`}`, `  ${found.of}: ${found.message}`]
  if (found.in !== null) lines.push(...caret(found.in.text, found.in).map((line) => `    ${line}`))
  if (found.fix !== '') lines.push(`  ${found.fix}`)
  return `${lines.join('\n')}\n`
}

/** All findings and how many there are. */
export function asText(all: readonly LocatedFinding[], looked: string): string {
  if (all.length === 0) return `no problems found in ${looked}\n`
  const counts = (['error', 'warning'] as const)
    .map((severity) => [countOf(all, severity), severity] as const)
    .filter(([count]) => count > 0)
    .map(([count, severity]) => countText(count, severity))
  const pages = [...new Set(all.map(({ code }) => pageOf(code)).filter((page) => page !== null))].sort()
  return [
    ...all.map((one) => findingText(one, one.file === '' ? '' : `${one.file}:${one.line}`)),
    `${counts.join(', ')} in ${looked}\n`,
    ...(pages.length === 0 ? [] : [`${pages.map((page) => `see ${page}`).join('\n')}\n`]),
  ].join('\n')
}
