import type { Edge } from './repository.ts'

/** A cycle of imports: each file imports the next, the last one the first. */
type Cycle = readonly string[]

/** Every group of files that import one another, directly or through others, types included. */
export function groupsOf(edges: readonly Edge[]): readonly (readonly string[])[] {
  const imported = importedBy(edges)
  const reached = new Map([...imported.keys()].map((path) => [path, reachedFrom(path, imported)]))
  const inCycles = [...reached].filter(([path, others]) => others.has(path)).map(([path]) => path)
  const groups = new Map<string, readonly string[]>()
  for (const path of inCycles.sort()) {
    const group = inCycles.filter((other) => reached.get(path)?.has(other) && reached.get(other)?.has(path))
    groups.set(group.join('\n'), group)
  }
  return [...groups.values()]
}

/** The shortest cycle through a file; empty if there is none. */
export function cycleFrom(start: string, edges: readonly Edge[]): Cycle {
  const imported = importedBy(edges)
  const before = new Map<string, string>()
  const queue = [start]
  for (const path of queue)
    for (const to of imported.get(path) ?? []) {
      if (to === start) return walked(path, before)
      if (before.has(to)) continue
      before.set(to, path)
      queue.push(to)
    }
  return []
}

function walked(last: string, before: ReadonlyMap<string, string>): Cycle {
  const previous = before.get(last)
  return previous === undefined ? [last] : [...walked(previous, before), last]
}

function importedBy(edges: readonly Edge[]): ReadonlyMap<string, readonly string[]> {
  const imported = new Map<string, string[]>()
  for (const { from, to } of edges) imported.set(from, [...(imported.get(from) ?? []), to])
  return imported
}

function reachedFrom(start: string, imported: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set(imported.get(start))
  for (const path of reached) for (const to of imported.get(path) ?? []) reached.add(to)
  return reached
}
