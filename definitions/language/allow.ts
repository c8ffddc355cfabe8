import type { CheckCode } from './check-code.ts'

/** A finding that is known and stands, with the reason. */
export interface Allow {
  readonly check: CheckCode
  readonly reason: string
  /** The last day on which it stands, such as `2027-01-31`; null where it stands for ever. */
  readonly until: string | null
}

/** Lets a check's finding on this definition stand; what it no longer finds, and what is past its day, is a finding itself. */
export const allow = (
  check: CheckCode,
  options: { readonly reason: string; readonly until?: `${number}-${number}-${number}` },
): Allow => Object.freeze({ check, reason: options.reason, until: options.until ?? null })
