import { type DataFrame, FieldMatcherID, FieldType, getFieldMatcher, type ReduceDataOptions } from '@grafana/data'
import { hasValues } from '../prometheus/state.ts'
import type { PanelRenderer } from './renderers.ts'

interface Reducing {
  readonly reduceOptions?: Partial<ReduceDataOptions>
}

/** The data of a panel without the fields that it does not show; a time that it names is a value. */
export function shownFrames(
  { reduces }: PanelRenderer,
  frames: readonly DataFrame[],
  options: Reducing | undefined,
): readonly DataFrame[] {
  if (reduces !== true) return frames
  const named = options?.reduceOptions?.fields
  const isShown = getFieldMatcher(
    named ? { id: FieldMatcherID.byRegexp, options: named } : { id: FieldMatcherID.numeric },
  )
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields
      .filter((field) => isShown(field, frame, [...frames]))
      .map((field) => (field.type === FieldType.time ? { ...field, type: FieldType.other } : field)),
  }))
}

/** Why none of the values is shown; null if one is, or if there are none. */
export function whyNoneShown(
  frames: readonly DataFrame[],
  shown: readonly DataFrame[],
  options: Reducing | undefined,
): string | null {
  if (!hasValues(frames) || hasValues(shown)) return null
  const named = options?.reduceOptions?.fields
  return `Nothing to draw: ${named ? `no field that matches ${named} has a value` : 'no field is a number'}.`
}
