import { byCodeUnit } from '../../../definitions/language/code-unit.ts'

/** JSON with sorted keys, so that its bytes depend only on its content. */
export const json = (value: unknown): string => `${JSON.stringify(sorted(value), null, 2)}\n`

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => byCodeUnit(a, b))
      .map(([key, inside]) => [key, sorted(inside)]),
  )
}
