import { listText } from '../text/list-text.ts'
import type { Command, CommandEntry } from './command.ts'
import { optionName, type Parameter, type ParameterSet } from './parameter.ts'

type Row = readonly [left: string, right: string]
const width = 80
const noBreak = '\u00a0'

/** The help of botwatch itself, on one screen. */
export function topLevelHelp(commands: Readonly<Record<string, CommandEntry>>): string {
  return `botwatch: typed definitions of metrics, alerts, runbooks and dashboards in,
a monitoring stack out.

usage: botwatch COMMAND [options]

${table(Object.entries(commands).map(([name, { does }]) => [name, does]))}
botwatch COMMAND --help explains a command and its options,
botwatch --version prints the version.
`
}

/** The help of one command. */
export function commandHelp(called: string, does: string, { parameters, exitCodes, examples }: Command): string {
  const all = Object.entries(parameters)
  const rows = all.map(([name, parameter]): Row => [left(name, parameter), right(parameter)])
  const blocks = [
    `${wrapped(`${called}: ${does}`, 0).join('\n')}\n`,
    `usage: ${[called, ...usage(parameters)].join(' ')}\n`,
    table([...rows, ['-h, --help', 'print this help']]),
    section('exit codes', table(Object.entries(exitCodes).map(([code, meaning]): Row => [code, meaning]))),
    section('examples', examples.map((example) => `  ${called} ${example}\n`).join('')),
  ]
  return blocks.filter((block) => block !== '').join('\n')
}

const section = (title: string, text: string) => (text === '' ? '' : `${title}\n${text}`)

function left(name: string, { role, placeholder }: Parameter<unknown>): string {
  switch (role) {
    case 'flag':
      return optionName(name)
    case 'option':
      return `${optionName(name)} ${placeholder}`
    case 'argument':
      return placeholder
    case 'program':
      return `-- ${placeholder}`
  }
}

function right({ role, about, choices, otherwise, isRepeatable }: Parameter<unknown>): string {
  const all = choices.length === 0 ? '' : `: ${listText(choices, 'or')}`
  // Their spaces must not break a line.
  const details = [
    ...(otherwise === null ? [] : [`default: ${otherwise}`]),
    ...(isRepeatable && role === 'option' ? ['repeatable'] : []),
  ]
  return `${about}${all}${details.length === 0 ? '' : ` (${details.join(', ').replaceAll(' ', noBreak)})`}`
}

function usage(parameters: ParameterSet): readonly string[] {
  const all = Object.entries(parameters)
  const [options, others] = [all.filter(isOption), all.filter((one) => !isOption(one))]
  return [
    ...options.filter(([, { missing }]) => missing !== null).map(([name, parameter]) => left(name, parameter)),
    '[options]',
    ...others.map(([name, parameter]) => {
      const { role, isRepeatable, missing } = parameter
      if (role === 'program') return `${left(name, parameter)} [ARGUMENT ...]`
      const shown = `${left(name, parameter)}${isRepeatable ? ' ...' : ''}`
      return missing === null ? `[${shown}]` : shown
    }),
  ]
}

const isOption = ([, { role }]: readonly [string, Parameter<unknown>]) => role === 'flag' || role === 'option'

/** Two columns; the right one wraps if it is too long for one line. */
function table(rows: readonly Row[]): string {
  const indent = 2 + Math.max(0, ...rows.map(([first]) => first.length)) + 2
  return rows
    .map(
      ([first, second]) => `  ${first.padEnd(indent - 2)}${wrapped(second, indent).join(`\n${' '.repeat(indent)}`)}\n`,
    )
    .join('')
}

/** A text wrapped so that its lines leave room for an indent. */
function wrapped(text: string, indent: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && indent + last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.map((line) => line.replaceAll(noBreak, ' '))
}
