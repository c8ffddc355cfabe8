import type { Block, Family, Holder } from './shapes.ts'

/** Binds labels, `{}` for a metric without labels. Binding a series again returns the same holder, so that holders do not pile up. */
export function holderOf(family: Family, labels: unknown): Holder {
  const block = family.find('bind', labels)
  const known = block?.holders?.get(family.at)?.[0]
  if (known !== undefined) return known
  const copy = copied(labels)
  const hold = (found: Block | null): Float64Array | null => {
    holder.block = found
    if (found === null) return null
    holder.at = family.at
    // A holder of the overflow series looks again at each write: there may be room for its own series by now.
    if (found.overflow) return found.range.chunk
    holder.chunk = found.range.chunk
    found.holders ??= new Map()
    const others = found.holders.get(holder.at)
    if (others === undefined) found.holders.set(holder.at, [holder])
    else others.push(holder)
    return holder.chunk
  }
  const holder: Holder = { chunk: null, at: 0, block: null, again: (verb) => hold(family.find(verb, copy)) }
  hold(block)
  return holder
}

/** Reports a method that was called detached from its handle, so that its series is unknown. */
export const refuseDetached = (family: Family, verb: string): void =>
  family.refuse(
    verb,
    'labels-missing',
    `${verb}() was called detached from its handle; call handle.${verb}(…), do not destructure it`,
  )

/** A copy, so that later changes to the caller's object have no effect. */
function copied(labels: unknown): unknown {
  if (typeof labels !== 'object' || labels === null) return labels
  try {
    const copy: Record<string, unknown> = Object.create(null)
    for (const name in labels) copy[name] = (labels as Record<string, unknown>)[name]
    return copy
  } catch {
    return labels
  }
}
