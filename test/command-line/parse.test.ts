import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choice, duration, file, name, urlOrFile, wholeNumber } from '../../generators/command-line/kinds.ts'
import {
  argument,
  argumentList,
  flagOption,
  option,
  optionList,
  type ParameterValues,
  program,
} from '../../generators/command-line/parameter.ts'
import { parseArguments } from '../../generators/command-line/parse.ts'

const parameters = {
  target: argument(urlOrFile, 'what to read', 'missing target'),
  format: option(choice('FORMAT', 'text', 'json'), 'how to write it'),
  tokenFile: option(file, 'a secret'),
  tries: option(wholeNumber('NUMBER', 0, 9), 'how often', { otherwise: '3' }),
  watch: flagOption('again and again'),
  within: option(duration('5m'), 'for how long', { otherwise: '5m', needs: 'watch' }),
  job: optionList(name, 'of which jobs'),
}

/** What a command of these parameters is given: of the types that follow from them. */
function given(...args: readonly string[]): ParameterValues<typeof parameters> {
  const parsed = parseArguments(parameters, args)
  assert.ok(parsed.kind === 'run', JSON.stringify(parsed))
  return parsed.given
}

const defaults = {
  target: 'x',
  format: undefined,
  tokenFile: undefined,
  tries: 3,
  watch: false,
  within: 300_000,
  job: [],
}

test('what is not given has its default, or is undefined, false or an empty list', () => {
  assert.deepEqual(given('x'), defaults)
})

test('a value has the type of its option, and options may be anywhere', () => {
  const values = given('--tries', '4', 'x', '--format=json', '--watch', '--within', '90s', '--token-file', 'secret')
  const format: 'text' | 'json' | undefined = values.format
  const [tries, within]: readonly number[] = [values.tries, values.within]
  assert.deepEqual([format, tries, within], ['json', 4, 90_000])
  assert.deepEqual(values, {
    ...defaults,
    format: 'json',
    tokenFile: 'secret',
    tries: 4,
    watch: true,
    within: 90_000,
  })
})

test('of an option with one value the last counts, and one of several keeps all in order', () => {
  assert.deepEqual(given('x', '--tries', '4', '--job', 'b', '--tries=5', '--job=a'), {
    ...defaults,
    tries: 5,
    job: ['b', 'a'],
  })
})

test('a value that begins with - is given with =, and an argument after --', () => {
  assert.deepEqual(given('--job=-a', '--job', '-', '--', '--watch'), {
    ...defaults,
    target: '--watch',
    job: ['-a', '-'],
  })
})

test('a flag may be repeated', () => {
  assert.deepEqual(given('x', '--watch', '--watch'), { ...defaults, watch: true })
})

test('the first mistake is reported, and one line stays one line', () => {
  assert.deepEqual(parseArguments(parameters, ['x', '--tires', '4', '--jbo']), {
    kind: 'wrong',
    problem: 'unknown option --tires; did you mean --tries?',
  })
  assert.deepEqual(parseArguments(parameters, ['x', 'y\nz']), {
    kind: 'wrong',
    problem: "unexpected argument 'y z'",
  })
  assert.deepEqual(parseArguments(parameters, ['x', '--tries=1\n0']), {
    kind: 'wrong',
    problem: "invalid value '1 0' for --tries: expected a whole number from 0 to 9",
  })
})

test('arguments may be many or none', () => {
  const many = { files: argumentList(file, 'files'), all: flagOption('all') }
  assert.deepEqual(parseArguments(many, []), { kind: 'run', given: { files: [], all: false } })
  assert.deepEqual(parseArguments(many, ['a', '--all', 'b']), { kind: 'run', given: { files: ['a', 'b'], all: true } })
  assert.deepEqual(parseArguments(many, ['a', '']), {
    kind: 'wrong',
    problem: "invalid value '' for FILE: expected the path of a file",
  })
})

test('a program keeps all that follows --, its own -- and --help included', () => {
  const run = { command: program('what to run', 'missing command'), quiet: flagOption('say nothing') }
  assert.deepEqual(parseArguments(run, ['--quiet', '--', 'node', '--help', '--', '-x']), {
    kind: 'run',
    given: { command: ['node', '--help', '--', '-x'], quiet: true },
  })
  assert.deepEqual(parseArguments(run, ['--quiet', '--']), { kind: 'wrong', problem: 'missing command' })
  assert.deepEqual(parseArguments(run, ['--help', '--', 'node']), { kind: 'help' })
})
