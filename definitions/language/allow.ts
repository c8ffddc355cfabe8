import type { CheckCode } from './check-code.ts'

/** An accepted finding, with the reason. */
export interface Allow {
  readonly check: CheckCode
  readonly reason: string
  /** The last day on which it is accepted, such as `2027-01-31`; null for no limit. */
  readonly until: string | null
}

/** Accepts a finding of a check on this definition; an allow that is unused or expired is itself a finding. */
export const allow = (
  check: CheckCode,
  options: { readonly reason: string; readonly until?: `${number}-${number}-${number}` },
): Allow => Object.freeze({ check, reason: options.reason, until: options.until ?? null })
