import type { ParameterSet, ParameterValues } from './parameter.ts'
import type { CommandResult } from './result.ts'

/** Where a command writes: its results, and messages for the person who runs it. */
export interface Streams {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** A command of the command line: its parameters, and what it does. */
export interface Command {
  readonly parameters: ParameterSet
  /** What its exit codes mean, if that is more than success and failure. */
  readonly exitCodes: Readonly<Record<number, string>>
  /** What follows its name in an example that a person may copy. */
  readonly examples: readonly string[]
  run(given: object, streams: Streams): Promise<CommandResult>
}

/** A command whose `run` receives the values of its parameters. */
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
