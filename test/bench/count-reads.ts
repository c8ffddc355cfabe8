/** A value whose reads are counted, and the count so far. */
interface ReadCount<T> {
  readonly value: T
  readonly reads: () => number
}

/** How much more each further item may read in the larger half than in the smaller: linear growth gives 1. */
const tolerance = 1.02

/** Reads per item between the first and second size, and between the second and third. */
export async function perItem(
  readsOf: (size: number) => number | Promise<number>,
  sizes: readonly [number, number, number] = [100, 200, 400],
): Promise<readonly [smaller: number, larger: number]> {
  const [a, b, c] = [await readsOf(sizes[0]), await readsOf(sizes[1]), await readsOf(sizes[2])]
  return [(b - a) / (sizes[1] - sizes[0]), (c - b) / (sizes[2] - sizes[1])]
}

/** Whether each further item causes as many reads as earlier ones, and enough to have been read at all. */
export const isLinear = ([smaller, larger]: readonly [number, number]): boolean =>
  smaller > 10 && larger <= smaller * tolerance

/**
 * A copy of plain data that counts each property, element and list of keys that is read anywhere in it; what is one object
 * in the data is one in the copy. Functions, maps, sets, and where a definition was written, are passed on as they are.
 */
export function countReads<T extends object>(data: T): ReadCount<T> {
  let reads = 0
  const watched = new Map<object, object>()
  const handler: ProxyHandler<object> = {
    get(target, key, receiver) {
      reads++
      return Reflect.get(target, key, receiver)
    },
    ownKeys(target) {
      const keys = Reflect.ownKeys(target)
      reads += keys.length
      return keys
    },
  }
  const watch = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || value instanceof Map || value instanceof Set) return value
    const known = watched.get(value)
    if (known !== undefined) return known
    // A proxy of a frozen object must return its own members, so the copies are not frozen.
    const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {}
    const proxy = new Proxy(copy, handler)
    watched.set(value, proxy)
    for (const [key, member] of Object.entries(value))
      (copy as Record<string, unknown>)[key] = key === 'where' ? member : watch(member)
    return proxy
  }
  return { value: watch(data) as T, reads: () => reads }
}
