import { type Domain, isMissing, isNever, missingDomain, optional, sizeOf, union } from './domain.ts'

/** The labels that series have, including `__name__`; other labels never exist. */
export type LabelDomains = ReadonlyMap<string, Domain>

export const noLabels: LabelDomains = new Map()
export const domainOf = (labels: LabelDomains, label: string): Domain => labels.get(label) ?? missingDomain

/** The same labels with some of them changed; a label that never exists is omitted. */
export function withLabels(labels: LabelDomains, changes: Iterable<readonly [string, Domain]>): LabelDomains {
  const made = new Map(labels)
  for (const [label, domain] of changes)
    if (isMissing(domain)) made.delete(label)
    else made.set(label, domain)
  return made
}

export const only = (labels: LabelDomains, keep: readonly string[]): LabelDomains =>
  new Map([...labels].filter(([label]) => keep.includes(label)))
export const except = (labels: LabelDomains, drop: readonly string[]): LabelDomains =>
  new Map([...labels].filter(([label]) => !drop.includes(label)))
export const nameless = (labels: LabelDomains): LabelDomains =>
  labels.has('__name__') ? except(labels, ['__name__']) : labels

/** The labels that the series of either side can have. */
export function either(a: LabelDomains, b: LabelDomains): LabelDomains {
  const made = new Map<string, Domain>()
  for (const label of new Set([...a.keys(), ...b.keys()])) {
    const [ours, theirs] = [a.get(label), b.get(label)]
    made.set(
      label,
      ours !== undefined && theirs !== undefined ? union(ours, theirs) : optional((ours ?? theirs) as Domain),
    )
  }
  return made
}

/** A label that no series can have; null if there is none. */
export function impossible(labels: LabelDomains): string | null {
  for (const [label, domain] of labels) if (isNever(domain)) return label
  return null
}

/** The maximum number of series with different labels. */
export function combinations(labels: LabelDomains): number {
  let product = 1
  for (const domain of labels.values()) product *= sizeOf(domain)
  return product
}

/**
 * The labels that still distinguish series without the name: if the name was among them, all other labels, since Prometheus refuses
 * two series with the same labels.
 */
export const namelessKey = (key: readonly string[] | null, labels: LabelDomains): readonly string[] | null =>
  key?.includes('__name__') === true ? [...nameless(labels).keys()] : key

/** All labels, since they distinguish the series if some of them do; the name only if it is needed. */
export const wholeKey = (
  labels: LabelDomains,
  ...keys: readonly (readonly string[] | null)[]
): readonly string[] | null => {
  if (keys.includes(null)) return null
  const named = keys.some((key) => key?.includes('__name__'))
  return [...(named ? labels : nameless(labels)).keys()]
}
