import type { Command, CommandEntry, Streams } from './command.ts'
import { commandHelp, topLevelHelp } from './help.ts'
import { parseArguments, unknownWord } from './parse.ts'
import { type CommandResult, misuse } from './result.ts'

type Commands = Readonly<Record<string, CommandEntry>>

/** Runs a whole command line and resolves to its exit code. */
export async function runCommandLine(
  args: readonly string[],
  commands: Commands,
  version: () => string,
  streams: Streams,
): Promise<number> {
  const [first, ...rest] = args
  const [asked = '--help', ...others] = rest
  switch (first) {
    case undefined:
      streams.err('botwatch: no command given; see botwatch --help\n')
      return 2
    case '--version':
      streams.out(`${version()}\n`)
      return 0
    case '--help':
    case '-h':
      streams.out(topLevelHelp(commands))
      return 0
    case 'help':
      // `help audit` is `audit --help`
      return asked === 'help'
        ? runCommandLine(['--help'], commands, version, streams)
        : runCommandLine([asked, ...others, '--help'], commands, version, streams)
  }
  const entry = Object.hasOwn(commands, first) ? commands[first] : undefined
  return entry === undefined
    ? end('botwatch', misuse(notACommand(args, commands)), streams)
    : runCommand(`botwatch ${first}`, entry.does, await entry.load(), rest, streams)
}

/** Runs one command, called by this name, and resolves to its exit code. */
export async function runCommand(
  called: string,
  does: string,
  command: Command,
  args: readonly string[],
  streams: Streams,
): Promise<number> {
  const parsed = parseArguments(command.parameters, args)
  switch (parsed.kind) {
    case 'help':
      streams.out(commandHelp(called, does, command))
      return 0
    case 'wrong':
      return end(called, misuse(parsed.problem), streams)
    case 'run':
      return end(called, await command.run(parsed.given, streams), streams)
  }
}

function end(called: string, { code, problems, isMisuse }: CommandResult, { err }: Streams): number {
  for (const problem of problems) err(`${called}: ${problem}\n`)
  if (isMisuse) err(`see ${called} --help\n`)
  return code
}

function notACommand([first = '', ...rest]: readonly string[], commands: Commands): string {
  if (!first.startsWith('-')) return unknownWord(first, [...Object.keys(commands), 'help'], 'command')
  const command = rest.find((word) => Object.hasOwn(commands, word))
  return command === undefined
    ? unknownWord(first, ['--help', '--version'])
    : `options go after the command: botwatch ${command} ${first}`
}
