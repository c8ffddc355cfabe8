import type { Matcher, SelectorNode } from '../../definitions/language/node.ts'
import type { Contract } from '../contract/schema.ts'
import { anchoredRegex } from '../promql/regex.ts'
import { nearest } from '../text/nearest.ts'
import type { Evidence, ObservedSeries } from './evidence.ts'
import { mayComeFromScrape } from './exporters.ts'
import { anyValue } from './interpolate.ts'
import type { Verdict } from './verdict.ts'

interface Found {
  readonly verdict: Verdict
  readonly why: string
  /** Whether it holds for whatever labels are selected. */
  readonly ofName?: boolean
}
type Metric = Contract['metrics'][number]

/** What speaks against a selector whose name is known: labels and values that were not seen, and a gauge that was always 0. */
export function selectorVerdicts(evidence: Evidence): (node: SelectorNode) => readonly Found[] {
  const declared = new Map<string, Metric>()
  const targets = new Map<string, readonly string[]>()
  for (const { metrics, targetLabels } of evidence.contracts)
    for (const metric of metrics)
      for (const name of metric.series) {
        declared.set(name, metric)
        targets.set(name, targetLabels)
      }
  /** Labels that neither a contract nor its bot's own scrape has, but another scrape may add. */
  const ofScrape = ({ name, matchers }: SelectorNode) =>
    matchers.flatMap((matcher): readonly Found[] => {
      const { label, value } = matcher
      const isKnown = targets.get(name)?.includes(label) !== false || declared.get(name)?.labels[label] !== undefined
      if (isKnown || !mayComeFromScrape(label) || (!value.includes(anyValue) && !asksFor(matcher))) return []
      return [{ verdict: 'cannot-tell', why: `the contract has no label ${label}; the scrape may add it` }]
    })
  return (node) => {
    const seen = evidence.seen.get(node.name)
    if (seen === undefined || seen.series === 0) return ofScrape(node)
    const metric = declared.get(node.name)
    const found = node.matchers.flatMap((matcher) => onMatcher(matcher, seen, metric) ?? [])
    if (metric !== undefined && !seen.scraped) found.push(...ofScrape(node))
    if (seen.type === 'gauge' && seen.zero && metric?.kind !== 'info')
      found.push({
        verdict: 'cannot-tell',
        why: `it was always 0 in the evidence (${extentOf(seen, evidence)}): ${zeroMeans}`,
        ofName: true,
      })
    return found
  }
}

const zeroMeans = 'it is never set, or nothing has happened yet'

/** How often and where a metric was seen. */
export function extentOf({ series, sources }: ObservedSeries, evidence: Evidence): string {
  const where = sources.map((source) => evidence.sources[source]?.extent ?? '').filter((text) => text !== '')
  const counted = where.length > 1 && new Set(where).size === 1 ? `${where.length} × ${where[0]}` : where.join(', ')
  return `${series} series, ${counted}`
}

function onMatcher(matcher: Matcher, seen: ObservedSeries, metric: Metric | undefined): Found | null {
  const { label, op, value } = matcher
  if (label === '__name__' || op === '!=' || op === '!~') return null
  const isVariable = value.includes(anyValue)
  const takes = isVariable ? () => true : takenBy(matcher)
  const known = seen.labels.get(label)
  // a missing label is empty: a matcher that accepts the empty string requires nothing, unless every series has the label
  if (takes === null) return null
  if (!isVariable && takes(''))
    return known === undefined || known.on < seen.series || metric !== undefined || [...known.values].some(takes)
      ? null
      : {
          verdict: 'cannot-tell',
          why: `every series seen has the label ${label}; ${label}${op}${JSON.stringify(value)} matches other series, which may still appear; values seen: ${shortList([...known.values])}`,
        }
  if (known === undefined) return withoutLabel(matcher, seen, metric)
  if (isVariable || [...known.values].some(takes)) return null
  const own = metric?.labels[label]
  // the contract has the value, or the meaning of the expression shows that it never occurs
  if (own !== undefined && 'values' in own) return null
  const asked = `${label}${op}${JSON.stringify(value)}`
  const advice = op === '=' ? alikeTo(value, known.values) : null
  if (advice !== null)
    return {
      verdict: 'not-seen',
      why: `${asked} was not seen, but ${label}=${JSON.stringify(advice)} was: did you mean that?`,
    }
  // jobs are in the server's configuration: none appears on its own
  if (label === 'job' && seen.scraped)
    return { verdict: 'not-seen', why: `${asked} was not seen; jobs seen: ${shortList([...known.values])}` }
  return {
    verdict: 'cannot-tell',
    why: `${asked} was not seen but may still appear; values seen: ${shortList([...known.values])}`,
  }
}

function withoutLabel({ label }: Matcher, seen: ObservedSeries, metric: Metric | undefined): Found | null {
  // for a contract's metric the meaning of the expression decides
  if (metric !== undefined) return null
  if (!seen.scraped && (label === 'job' || label === 'instance')) return null
  const labels = [...seen.labels.keys()]
  if (!seen.scraped && mayComeFromScrape(label) && nearest(label, labels) === '')
    return { verdict: 'cannot-tell', why: `it is exposed without the label ${label}; the scrape may add it` }
  const advice = nearest(label, labels)
  const has = labels.length === 0 ? 'they have no labels' : `they have ${shortList(labels)}`
  return {
    verdict: 'not-seen',
    why: `no series has the label ${label}: ${has}${advice === '' ? '' : `; ${advice}`}`,
  }
}

/** Whether a series without the label does not match. */
const asksFor = (matcher: Matcher): boolean =>
  (matcher.op === '=' || matcher.op === '=~') && takenBy(matcher)?.('') === false

function takenBy({ op, value }: Matcher): ((text: string) => boolean) | null {
  if (op === '=') {
    const number = Number(value)
    // bucket bounds are written in several ways
    return (text) => text === value || (value !== '' && !Number.isNaN(number) && Number(text) === number)
  }
  const regex = anchoredRegex(value)
  return regex === null ? null : (text) => regex.test(text)
}

/** A value that differs only in case, in punctuation, or in one letter of a word. */
function alikeTo(value: string, values: ReadonlySet<string>): string | null {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '')
  const same = [...values].find((one) => plain(one) === plain(value) && plain(one) !== '')
  if (same !== undefined) return same
  if (!/^[a-z_-]{6,}$/i.test(value)) return null
  const words = [...values].filter((one) => /^[a-z_-]{6,}$/i.test(one))
  const advice = nearest(value, words)
  const found = advice.replace(/^did you mean (.*)\?$/, '$1')
  return advice !== '' && Math.abs(found.length - value.length) <= 1 && sharesMost(found, value) ? found : null
}

/** Whether only about one letter differs. */
function sharesMost(a: string, b: string): boolean {
  let from = 0
  while (from < a.length && a[from] === b[from]) from += 1
  let to = 0
  while (to < a.length - from && to < b.length - from && a[a.length - 1 - to] === b[b.length - 1 - to]) to += 1
  return Math.max(a.length, b.length) - from - to <= 1
}

/** A comma-separated list, shortened if it is long. */
const shortList = (all: readonly string[], most = 6): string =>
  all.length > most ? `${all.slice(0, most).join(', ')}, … (${all.length})` : all.join(', ')
