/** How a command ended: its exit code, and one message for each problem. */
export interface CommandResult {
  readonly code: number
  readonly problems: readonly string[]
  /** Whether the command line itself was wrong, so that the command's help is worth reading. */
  readonly isMisuse: boolean
}

/** All went well. */
export const success: CommandResult = Object.freeze({ code: 0, problems: Object.freeze([]), isMisuse: false })

/** The command did not do its work, or its check failed; without a problem, its report says so. */
export const failure = (...problems: readonly string[]): CommandResult => ({ code: 1, problems, isMisuse: false })

/** The command could not start or finish its work, because something that it needs cannot be read. */
export const abort = (...problems: readonly string[]): CommandResult => ({ code: 2, problems, isMisuse: false })

/** The options or arguments make no sense together. */
export const misuse = (problem: string): CommandResult => ({ code: 2, problems: [problem], isMisuse: true })
