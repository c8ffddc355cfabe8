import { quotedSource } from '../promql/string-text.ts'
import { countText } from '../text/count-text.ts'
import type { AuditReport, JudgedItem, JudgedMetric, JudgedQuery } from './report.ts'
import type { ItemKind, Verdict, VerdictReason } from './verdict.ts'

const mostItems = 200
const mostNames = 60
const widest = 116

/** The report as read at three in the morning: what is dead first, why, and where it is. */
export function auditText(report: AuditReport): string {
  const { items, metrics, unread } = report
  const parts = [
    heading(report),
    section(
      report,
      'proven-dead',
      'PROVEN DEAD',
      'a contract or the expression itself shows that it can never return anything',
    ),
    section(report, 'not-seen', 'NOT SEEN', 'what it queries is in none of the sources above'),
    undecided(items),
    elsewhere(items),
    noted(items),
    metricLines(metrics),
    ...(unread.length === 0
      ? []
      : [['COULD NOT BE READ (the rest was audited)', ...unread.map((line) => `  ${line}`)].join('\n')]),
    [summary(items), ''].join('\n'),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

function heading({ sources, items, files }: AuditReport): string {
  const lines = sources.map(({ name, kind, extent, names, series }, i) => {
    const amount = kind === 'contract' ? '' : `, ${countText(names, 'name')}, ${series} series`
    return `  ${i + 1}. ${name}: ${extent}${amount}`
  })
  return [`${counts(items) || 'nothing'} in ${countText(files, 'file')}, checked against`, ...lines].join('\n')
}

function section({ items }: AuditReport, verdict: Verdict, title: string, means: string): string {
  const found = items.filter((item) => item.verdict === verdict)
  if (found.length === 0) return ''
  const shown = found.slice(0, mostItems)
  const more = found.length - shown.length
  return [
    `${title}: ${counts(found)}: ${means}`,
    ...shown.flatMap((item) => ['', ...itemLines(item)]),
    ...(more > 0 ? ['', `  … and ${more} more: --json lists them all`] : []),
  ].join('\n')
}

/** Grouped by the reason, since many often share one. */
function undecided(items: readonly JudgedItem[]): string {
  const found = items.filter(({ verdict }) => verdict === 'cannot-tell')
  if (found.length === 0) return ''
  const whys = new Map<string, Map<string, string[]>>()
  for (const item of found)
    for (const { verdict, reasons, expr } of item.queries)
      for (const { part, why } of verdict === 'cannot-tell' ? reasons : []) {
        const parts = whys.get(why) ?? new Map<string, string[]>()
        whys.set(why, parts)
        const of = inOneLine(part === '' ? expr : part)
        const askers = parts.get(of) ?? []
        parts.set(of, askers)
        const asker = `${item.kind} ${quoted(item)} (${place(item)})`
        if (!askers.includes(asker)) askers.push(asker)
      }
  return [
    `CANNOT TELL: ${counts(found)}: the evidence does not settle it`,
    ...[...whys].flatMap(([why, parts]) => [
      '',
      `  ${why}`,
      ...[...parts].flatMap(([part, askers]) => [
        ...(part === '' ? [] : [`    ${cut(part)}`]),
        ...wrapped('      ', askers),
      ]),
    ]),
  ].join('\n')
}

const comments = new RegExp(`(${quotedSource})|#[^\\n]*`, 'g')
const matchers = new RegExp(`\\{(?:${quotedSource}|[^{}"'\`])*\\}`, 'g')
/** An expression without comments and line breaks. */
const inOneLine = (expr: string): string =>
  expr
    .replace(comments, (_, quoted?: string) => quoted ?? '')
    .replace(/\s+/g, ' ')
    .trim()
/** A long part, shortened: without its matchers, and cut in the middle. */
function squeezed(part: string): string {
  if (part.length <= widest) return part
  const bare = part.replace(matchers, (all) => (all.length > 12 ? '{…}' : all))
  return bare.length <= widest ? bare : `${bare.slice(0, 64)} … ${bare.slice(-(widest - 67))}`
}

const place = ({ file, line }: { readonly file: string; readonly line: number | null }) =>
  `${file}${line === null ? '' : `:${line}`}`
const cut = (text: string) => (text.length > widest ? `${text.slice(0, widest)} …` : text)

function itemLines(item: JudgedItem): readonly string[] {
  const queries = item.queries.filter(({ verdict }) => verdict === item.verdict)
  const several = item.queries.length > 1
  const [first] = queries
  const line = several ? (first?.line ?? item.line) : item.line
  const others =
    several && queries.length < item.queries.length ? ` (${queries.length} of its ${item.queries.length} queries)` : ''
  return [
    `  ${item.kind} ${quoted(item)}${others}, ${place({ ...item, line })}`,
    ...queries.flatMap((query) => queryLines(query, several)),
  ]
}

const quoted = ({ kind, name }: { readonly kind: ItemKind; readonly name: string }) =>
  kind === 'panel' || kind === 'annotation' ? JSON.stringify(name) : name

function queryLines({ ref, expr, reasons, notes }: JudgedQuery, several: boolean): readonly string[] {
  const plain = inOneLine(expr)
  const shown = cut(plain)
  return [
    ...(plain === '' ? [] : [`      ${several && ref !== '' ? `${ref}: ` : ''}${shown}`]),
    ...reasons.map((reason) => `    - ${told(reason, plain)}`),
    ...notes.map((note) => `    - also: ${told(note, plain)}`),
  ]
}

/** The part is not named if it is the whole expression. */
const told = ({ part, why }: VerdictReason, whole: string): string =>
  part === '' || inOneLine(part) === whole ? why : `${squeezed(inOneLine(part))}: ${why}`

function elsewhere(items: readonly JudgedItem[]): string {
  const found = items.filter(({ verdict }) => verdict === 'elsewhere')
  if (found.length === 0) return ''
  const whys = new Map<string, number>()
  for (const { queries } of found)
    for (const why of new Set(queries.flatMap(({ reasons }) => reasons.map((reason) => reason.why))))
      whys.set(why, (whys.get(why) ?? 0) + 1)
  return [
    `ELSEWHERE: ${counts(found)}: about other programs or data sources, not judged`,
    ...[...whys].map(([why, count]) => `  ${count} × ${why}`),
  ].join('\n')
}

/** Notes on what is not dead. */
function noted(items: readonly JudgedItem[]): string {
  const found = items.flatMap((item) => {
    const queries = item.queries.filter(({ notes }) => notes.length > 0)
    return queries.length === 0 || (item.verdict !== 'seen' && item.verdict !== 'cannot-tell')
      ? []
      : [{ item, queries }]
  })
  if (found.length === 0) return ''
  const shown = found.slice(0, mostItems).flatMap(({ item, queries }) => [
    '',
    `  ${item.kind} ${quoted(item)}, ${place(item)}`,
    ...queries.flatMap(({ ref, expr, notes }) => {
      const plain = inOneLine(expr)
      const which = item.queries.length > 1 && ref !== '' ? `${ref}: ` : ''
      return [`      ${which}${cut(plain)}`, ...notes.map((note) => `    - ${told(note, plain)}`)]
    }),
  ])
  const more = found.length > mostItems ? ['', `  … and ${found.length - mostItems} more: --json lists them all`] : []
  return [`WORTH A LOOK: ${counts(found.map(({ item }) => item))}: not dead, but questionable`, ...shown, ...more].join(
    '\n',
  )
}

/** Unused metrics; a histogram counts as used if any of its names is. */
function metricLines(metrics: readonly JudgedMetric[]): string {
  const asked = new Set(metrics.flatMap((metric) => (metric.askedBy.length > 0 ? [metric.family] : [])))
  const idle = metrics.filter((metric) => !asked.has(metric.family))
  const line = (title: string, is: (metric: JudgedMetric) => boolean) => {
    const names = [...new Set(idle.filter(is).map(({ family }) => family))]
    return names.length === 0 ? [] : wrapped(`  ${title} (${names.length}): `, few(names))
  }
  const lines = [
    ...line('seen', ({ verdict, series }) => verdict === 'seen' && series > 0),
    ...line('declared by a contract', ({ verdict, series }) => verdict === 'seen' && series === 0),
    ...line('always 0 in the evidence', isStill),
    ...line('declared, no series yet', (metric) => metric.verdict === 'cannot-tell' && !isStill(metric)),
    ...line('in a contract, but not seen', ({ verdict }) => verdict === 'not-seen'),
  ]
  return lines.length === 0 ? '' : ['METRICS THAT NO RULE OR DASHBOARD HERE USES', ...lines].join('\n')
}

const few = (names: readonly string[]): readonly string[] =>
  names.length > mostNames ? [...names.slice(0, mostNames), `… and ${names.length - mostNames} more`] : names
const isStill = ({ verdict, series }: JudgedMetric): boolean => verdict === 'cannot-tell' && series > 0
/** Words wrapped into lines of readable length. */
function wrapped(title: string, words: readonly string[]): readonly string[] {
  const indent = title.trim() === '' ? title : '    '
  const lines: string[] = []
  let line = title
  for (const [i, word] of words.entries()) {
    const next = word + (i < words.length - 1 ? ', ' : '')
    if (line.length + next.length > widest + 4 && line.trim() !== '') {
      lines.push(line.trimEnd())
      line = indent
    }
    line += next
  }
  return [...lines, line.trimEnd()]
}

function summary(items: readonly JudgedItem[]): string {
  const said: readonly (readonly [Verdict, string])[] = [
    ['proven-dead', 'proven dead'],
    ['not-seen', 'not seen'],
    ['cannot-tell', 'cannot tell'],
    ['elsewhere', 'elsewhere'],
    ['seen', 'nothing against it'],
  ]
  const kinds: readonly ItemKind[] = ['alert', 'record', 'panel', 'variable', 'annotation']
  return kinds
    .flatMap((kind) => {
      const own = items.filter((item) => item.kind === kind)
      if (own.length === 0) return []
      const parts = said.flatMap(([verdict, words]) => {
        const count = own.filter((item) => item.verdict === verdict).length
        return count === 0 ? [] : [`${count} ${words}`]
      })
      return [`${countText(own.length, words[kind])}: ${parts.join(', ')}`]
    })
    .join('\n')
}

const words: Readonly<Record<ItemKind, string>> = {
  alert: 'alert',
  record: 'recording rule',
  panel: 'panel',
  variable: 'variable',
  annotation: 'annotation',
}

const counts = (items: readonly JudgedItem[]): string =>
  (Object.keys(words) as ItemKind[])
    .flatMap((kind) => {
      const count = items.filter((item) => item.kind === kind).length
      return count === 0 ? [] : [countText(count, words[kind])]
    })
    .join(', ')
