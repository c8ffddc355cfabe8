import type { ParameterSet, ParameterValues } from './parameter.ts'
import type { CommandResult } from './result.ts'

/** Where a command writes: its results, and what a person should notice meanwhile. */
export interface Streams {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** A command of the command line: what it takes, and what it does. */
export interface Command {
  readonly parameters: ParameterSet
  /** What its exit codes mean, if that is more than success and failure. */
  readonly exitCodes: Readonly<Record<number, string>>
  /** What follows its name in a call that a person may copy. */
  readonly examples: readonly string[]
  run(given: object, streams: Streams): Promise<CommandResult>
}

/** A command whose `run` is given what its parameters say. */
export const command = <P extends ParameterSet>(of: {
  readonly parameters: P
  readonly exitCodes?: Readonly<Record<number, string>>
  readonly examples?: readonly string[]
  readonly run: (given: ParameterValues<P>, streams: Streams) => Promise<CommandResult>
}): Command => ({ exitCodes: {}, examples: [], ...of })

/** A line of the table of commands: what a command does, and how to load it when it is called. */
export interface CommandEntry {
  readonly does: string
  readonly load: () => Promise<Command>
}
