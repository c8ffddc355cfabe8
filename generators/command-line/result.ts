/** How a command ended: its exit code, and what went wrong, a message each. */
export interface CommandResult {
  readonly code: number
  readonly problems: readonly string[]
  /** Whether the command line itself was wrong, so that the command's help is worth reading. */
  readonly isMisuse: boolean
}

/** All went well. */
export const succeeded: CommandResult = Object.freeze({ code: 0, problems: Object.freeze([]), isMisuse: false })

/** The command did not do its work, or what it checked is not in order; without a problem, its report says so. */
export const failed = (...problems: readonly string[]): CommandResult => ({ code: 1, problems, isMisuse: false })

/** The command could not begin or finish its work, since something that it needs cannot be read. */
export const aborted = (...problems: readonly string[]): CommandResult => ({ code: 2, problems, isMisuse: false })

/** The options or arguments make no sense together. */
export const misused = (problem: string): CommandResult => ({ code: 2, problems: [problem], isMisuse: true })
