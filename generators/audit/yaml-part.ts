import type { YamlNode } from '../text/yaml.ts'

/** The value of a key; undefined if it is not there. */
export const partOf = (of: YamlNode | undefined, key: string): YamlNode | undefined =>
  of?.of instanceof Map ? of.of.get(key) : undefined
export const partsOf = (of: YamlNode | undefined): readonly YamlNode[] =>
  Array.isArray(of?.of) ? (of.of as readonly YamlNode[]) : []
/** A scalar as text; null for anything else. */
export const scalarOf = (of: YamlNode | undefined): string | null =>
  of === undefined || of.of === null || typeof of.of === 'object' ? null : String(of.of)
/** The keys of a mapping with their scalars. */
export const scalarsOf = (of: YamlNode | undefined): readonly (readonly [key: string, value: string])[] =>
  of?.of instanceof Map ? [...of.of].map(([key, value]): [string, string] => [key, scalarOf(value) ?? '']) : []
