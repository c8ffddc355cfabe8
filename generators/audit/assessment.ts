import { anyName, anyValue } from './interpolate.ts'
import { anySeries } from './readable.ts'
import { type QueryVerdict, type Verdict, type VerdictReason, verdicts, worst } from './verdict.ts'

/** A verdict on a part of an expression, on the way to the verdict on the whole. */
export interface Assessment {
  readonly verdict: Verdict
  readonly reasons: readonly (VerdictReason & { readonly verdict: Verdict })[]
  readonly notes: readonly VerdictReason[]
}

/** Nothing speaks against a part. */
export const fine: Assessment = { verdict: 'seen', reasons: [], notes: [] }

/** A verdict for one reason. */
export const because = (verdict: Verdict, part: string, why: string): Assessment => ({
  verdict,
  reasons: [{ verdict, part, why }],
  notes: [],
})

/** Both are needed: the worse verdict, with all reasons. */
export const together = (a: Assessment, b: Assessment): Assessment =>
  a === fine
    ? b
    : b === fine
      ? a
      : {
          verdict: worst([a.verdict, b.verdict]),
          reasons: [...a.reasons, ...b.reasons],
          notes: [...a.notes, ...b.notes],
        }

/** One side is enough; what speaks against the other is only a note. */
export function ofEither(left: Assessment, right: Assessment): Assessment {
  const [better, other] =
    verdicts.indexOf(left.verdict) >= verdicts.indexOf(right.verdict) ? [left, right] : [right, left]
  const isSaid = ({ part, why }: VerdictReason) => better.reasons.some((one) => one.part === part && one.why === why)
  const dead = other.reasons.filter(
    (one) => (one.verdict === 'proven-dead' || one.verdict === 'not-seen') && !isSaid(one),
  )
  const notes = dead.map(({ part, why }) => ({ part, why: `${why}; the other side of \`or\` decides` }))
  return { ...better, notes: [...better.notes, ...notes] }
}

/** An expression that wants nothing to be there. */
export function ofAbsence(of: Assessment): Assessment {
  const gone = of.reasons.filter(({ verdict }) => verdict === 'proven-dead' || verdict === 'not-seen')
  return { ...fine, notes: gone.map(({ part, why }) => ({ part, why: `${why}; so it is always absent` })) }
}

/** The verdict on a whole expression: reasons for a better one become notes, each listed once. */
export function asJudged({ verdict, reasons, notes }: Assessment, names: readonly string[]): QueryVerdict {
  const own = reasons.filter((reason) => reason.verdict === verdict)
  const others = reasons.filter((reason) => reason.verdict !== verdict && reason.verdict !== 'elsewhere')
  const plain = (all: readonly VerdictReason[]) => [
    ...new Map(all.map(({ part, why }) => [`${part}\n${why}`, { part, why }])).values(),
  ]
  return Object.freeze({
    verdict,
    reasons: plain(own),
    notes: plain([...notes, ...others]),
    names: names.filter((name) => name !== anySeries && !name.includes(anyName) && !name.includes(anyValue)),
  })
}
