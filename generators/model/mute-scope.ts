import type { AlertRule } from './model.ts'

/** Compared by every mute, or the same in a whole scrape. */
const given: ReadonlySet<string> = new Set(['bot', 'env', 'job'])

/**
 * The labels that a mute compares in addition to bot and env: all that both alerts have, such as a symbol. One that only one of
 * them has is left out: an empty label equals a missing one, so they would never match.
 */
export const muteScope = (one: Pick<AlertRule, 'labels'>, other: Pick<AlertRule, 'labels'>): readonly string[] =>
  one.labels.filter((label) => !given.has(label) && other.labels.includes(label)).sort()
