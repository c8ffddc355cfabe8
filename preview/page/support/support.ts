/** What Grafana shows of a panel and the preview does not. */
export interface Shortcoming {
  readonly words: string
  /** Whether what the preview draws is true nevertheless. */
  readonly draws: boolean
}

/**
 * What the preview draws of an option: all values, none, only these, or for each part of it. An option that is not
 * mentioned is not one of Grafana's: it ignores what another kind of panel or an old version left behind.
 */
export type Support = boolean | readonly unknown[] | { readonly [part: string]: Support }

/** A decision for each option of Grafana's schema: an option that a new version adds does not compile without one. */
export type SupportOf<T> = { readonly [Option in keyof Required<T>]: Support }

/** What is set, not drawn and not what Grafana does anyway, each as `path: value`. */
export function undrawn(given: unknown, support: Support, usual: unknown, path = ''): readonly string[] {
  if (given === undefined || given === null || support === true) return []
  if (isParts(support) && isObject(given))
    return Object.entries(given).flatMap(([part, value]) =>
      undrawn(
        value,
        Object.hasOwn(support, part) ? (support[part] ?? false) : true,
        isObject(usual) ? usual[part] : undefined,
        path === '' ? part : `${path}.${part}`,
      ),
    )
  const text = JSON.stringify(given)
  const isOff = usual === undefined && ['false', '""', '[]', '{}'].includes(text)
  if (isOff || text === JSON.stringify(usual) || (Array.isArray(support) && support.includes(given))) return []
  return [`${path}: ${text.length > 60 ? `${text.slice(0, 59)}…` : text}`]
}

const isObject = (given: unknown): given is Readonly<Record<string, unknown>> =>
  typeof given === 'object' && given !== null && !Array.isArray(given)

const isParts = (support: Support): support is { readonly [part: string]: Support } => isObject(support)
