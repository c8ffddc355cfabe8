import type { Block, Family, Holder } from './shapes.ts'

/** Binds labels; `{}` for a metric that has none. Who binds a series twice gets the same holder, so that none pile up. */
export function holderOf(family: Family, labels: unknown): Holder {
  const block = family.find('bind', labels)
  const known = block?.holders?.get(family.at)?.[0]
  if (known !== undefined) return known
  const copy = copied(labels)
  const hold = (found: Block | null): Float64Array | null => {
    holder.block = found
    if (found === null) return null
    holder.at = family.at
    // In the overflow series it asks at each write, since its own may have a place again.
    if (found.overflow) return found.run.page
    holder.page = found.run.page
    found.holders ??= new Map()
    const others = found.holders.get(holder.at)
    if (others === undefined) found.holders.set(holder.at, [holder])
    else others.push(holder)
    return holder.page
  }
  const holder: Holder = { page: null, at: 0, block: null, again: (verb) => hold(family.find(verb, copy)) }
  hold(block)
  return holder
}

/** What a method of a handle says that was called without its handle: which series is meant is not known. */
export const detached = (family: Family, verb: string): void =>
  family.refuse(
    verb,
    'labels-missing',
    `${verb} was taken off its handle, expected handle.${verb}(…): without the handle nobody knows the series`,
  )

/** What the caller does with its object later changes nothing. */
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
