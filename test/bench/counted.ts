/** A value whose reads are counted, and the count so far. */
interface Counted<T> {
  readonly value: T
  readonly reads: () => number
}

/**
 * A copy of plain data that counts each property, element and list of keys that is read anywhere in it; what is one object
 * in the data is one in the copy. Functions, and where a definition was written, are passed on as they are.
 */
export function counted<T extends object>(data: T): Counted<T> {
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
    if (typeof value !== 'object' || value === null) return value
    const known = watched.get(value)
    if (known !== undefined) return known
    // A frozen object must show its own members, so the copies are not frozen.
    const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {}
    const proxy = new Proxy(copy, handler)
    watched.set(value, proxy)
    for (const [key, member] of Object.entries(value))
      (copy as Record<string, unknown>)[key] = key === 'where' ? member : watch(member)
    return proxy
  }
  return { value: watch(data) as T, reads: () => reads }
}
