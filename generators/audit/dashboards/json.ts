/** What JSON.parse returns. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

const get = (of: Json | undefined, key: string): Json | undefined =>
  of !== null && typeof of === 'object' && !Array.isArray(of) && Object.hasOwn(of, key)
    ? (of as { readonly [key: string]: Json })[key]
    : undefined
export const at = (of: Json | undefined, ...keys: readonly string[]): Json | undefined =>
  keys.reduce((inner: Json | undefined, key) => get(inner, key), of)
export const stringOf = (of: Json | undefined): string | null => (typeof of === 'string' ? of : null)
export const listOf = (of: Json | undefined): readonly Json[] => (Array.isArray(of) ? (of as readonly Json[]) : [])
/** Its members; those of a list by index. */
export const membersOf = (of: Json | undefined): readonly (readonly [string, Json])[] =>
  of !== null && typeof of === 'object' ? Object.entries(of) : []
export const isObject = (of: Json | undefined): boolean => of !== null && typeof of === 'object' && !Array.isArray(of)
