import { customFieldSupport, standardFieldSupport } from '../page/support/fields.ts'
import { optionSupport } from '../page/support/options.ts'
import type { Support } from '../page/support/support.ts'

/** Every option and field property about which there is a decision, as paths in a panel's JSON, by the kind of panel. */
export function readSupportPaths(): Readonly<Record<string, readonly string[]>> {
  const kinds = Object.entries(optionSupport).map(([kind, options]) => [
    kind,
    [...pathsIn(options, 'options'), ...pathsIn(customFieldSupport[kind] ?? {}, 'fieldConfig.defaults.custom')],
  ])
  const { custom: _, ...standard } = standardFieldSupport
  return Object.fromEntries([...kinds, ['every', pathsIn(standard, 'fieldConfig.defaults')]])
}

const pathsIn = (support: Support, path: string): readonly string[] =>
  isParts(support) ? Object.entries(support).flatMap(([part, inner]) => pathsIn(inner, `${path}.${part}`)) : [path]

const isParts = (support: Support): support is { readonly [part: string]: Support } =>
  typeof support === 'object' && !Array.isArray(support)
