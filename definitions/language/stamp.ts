import { whereIs } from './where.ts'

/** A frozen copy of a group in which each member has its property key and the place where the group was defined. */
export function stamp<T>(
  group: object,
  below: (...args: never[]) => unknown,
  finish: (key: string, member: T) => T,
): object {
  const where = whereIs(below)
  const members = Object.entries(group as Record<string, T>)
  return Object.freeze(
    Object.fromEntries(members.map(([key, member]) => [key, Object.freeze(finish(key, { ...member, key, where }))])),
  )
}
