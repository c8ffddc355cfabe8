import type { Meaning } from '../meaning/meaning.ts'
import { checkQuery } from './check-query.ts'
import type { Evidence } from './evidence.ts'
import { type Grounds, groundsOf, wholeOf } from './grounds.ts'
import { judgement, judgeQuery } from './judge-query.ts'
import type { AuditScope } from './known.ts'
import type { Readable } from './readable.ts'
import type { Item, ItemKind, ItemQuery, QueryVerdict } from './verdict.ts'

/** Judges every expression of rules and dashboards by the evidence; recording rules among them add to the world. */
export function judge(
  items: readonly Item[],
  read: ReadonlyMap<ItemQuery, Readable>,
  evidence: Evidence,
  choices: AuditScope,
): ReadonlyMap<ItemQuery, QueryVerdict> {
  const grounds = groundsOf(items, read, evidence, choices)
  const j = judgement(grounds)
  const recorded = meaningOfRecord(grounds)
  return new Map(
    items.flatMap(({ kind, queries }) =>
      queries.map((query): [ItemQuery, QueryVerdict] => [
        query,
        withChecks(judgeQuery(j, query), query, kind, grounds, recorded),
      ]),
    ),
  )
}

type OfRecord = (name: string) => Meaning | null

const meaningOfRecord =
  ({ rules, read, seen }: Grounds): OfRecord =>
  (name) => {
    const [query] = rules.get(name)?.flatMap(({ queries }) => queries) ?? []
    const one = query === undefined ? null : wholeOf(read, query)
    return one === null ? null : seen.meaningOf(one.node)
  }

/** A verdict, with the findings of the checks as notes. */
function withChecks(
  judged: QueryVerdict,
  query: ItemQuery,
  kind: ItemKind,
  { read, evidence, declared, seen }: Grounds,
  recorded: OfRecord,
): QueryVerdict {
  const one = wholeOf(read, query)
  // what is missing already has a worse verdict
  if (one === null || (judged.verdict !== 'seen' && judged.verdict !== 'cannot-tell')) return judged
  const wasSeen = one.names.every((name) => (evidence.seen.get(name)?.series ?? 0) > 0 || declared.has(name))
  const more = checkQuery(one, query.decides ? kind : 'variable', seen, seen.world, recorded, wasSeen)
  return more.length === 0 ? judged : { ...judged, notes: [...judged.notes, ...more] }
}
