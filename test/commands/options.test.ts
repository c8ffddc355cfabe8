import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { optionName } from '../../generators/command-line/parameter.ts'
import { parseArguments } from '../../generators/command-line/parse.ts'
import { commands } from '../../generators/commands/table.ts'
import { files, loadedBy, read, root } from '../invariants/repository.ts'

const loaded = await Promise.all(
  Object.entries(commands).map(async ([name, { load }]) => ({ name, command: await load() })),
)

/** Whether code reads this parameter: as `given.out`, or destructured as `out`. */
const reads = (code: string, parameter: string): boolean =>
  new RegExp(`\\bgiven\\.${parameter}\\b`).test(code) ||
  [...code.matchAll(/\{([\w\s,:]*)\}(?= = given\b|: Choices\b)/g)].some(([, names = '']) =>
    names.split(',').some((one) => one.trim() === parameter),
  )

for (const { name, command } of loaded)
  test(`botwatch ${name} reads each of its options`, () => {
    const code = [...loadedBy([`generators/commands/${name}.ts`])]
      .filter((path) => path.startsWith('generators/commands/'))
      .map(read)
      .join('\n')
    const unread = Object.keys(command.parameters).filter((parameter) => !reads(code, parameter))
    assert.deepEqual(unread, [])
  })

test('an option that nothing reads is detected', () => {
  const code =
    'const { bot, out } = given\nconst env = { json: 1 }\nuse(given.strict)\nfunction to({ port }: Choices) {}'
  assert.deepEqual(
    ['bot', 'out', 'strict', 'port', 'json', 'str', 'given'].filter((one) => reads(code, one)),
    ['bot', 'out', 'strict', 'port'],
  )
})

for (const { name, command } of loaded)
  if (existsSync(join(root, `docs/${name}.md`)))
    test(`docs/${name}.md names each option of botwatch ${name}`, () => {
      const text = read(`docs/${name}.md`)
      const options = Object.entries(command.parameters).filter(([, { role }]) => role === 'flag' || role === 'option')
      assert.deepEqual(
        options.map(([option]) => optionName(option)).filter((option) => !new RegExp(`${option}(?![\\w-])`).test(text)),
        [],
      )
    })

/** The words of a line as a shell splits it: with both kinds of quotes, without comments and what follows a pipe. */
const wordsOf = (line: string): readonly string[] =>
  [...line.replace(/ (#|\||>|&&) .*$/, '').matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'),
  )

/** Every call of botwatch with options or arguments that a page shows. */
const calls = files
  .filter((path) => /\.md$/.test(path) && !path.startsWith('out/'))
  .flatMap((path) =>
    [...read(path).matchAll(/(?<=`|^|npx (?:--no-install )?)botwatch ([a-z-]+) ([^`\n]+)/gm)].map(
      ([, name = '', line = '']) => ({
        path,
        name,
        args: wordsOf(line),
      }),
    ),
  )
  .filter(({ name }) => Object.hasOwn(commands, name))

test('each call that a page shows is accepted by its command', () => {
  assert.ok(calls.length > 10, `${calls.length} calls`)
  const refused = calls.flatMap(({ path, name, args }) => {
    const parsed = parseArguments(loaded.find((one) => one.name === name)?.command.parameters ?? {}, args)
    return parsed.kind === 'wrong' ? [`${path}: botwatch ${name} ${args.join(' ')}: ${parsed.problem}`] : []
  })
  assert.deepEqual(refused, [])
})

test('each example in a help text is accepted by its command', () => {
  const refused = loaded.flatMap(({ name, command }) =>
    command.examples.flatMap((line) => {
      const parsed = parseArguments(command.parameters, wordsOf(line))
      return parsed.kind === 'run' ? [] : [`${name} ${line}`]
    }),
  )
  assert.deepEqual(refused, [])
})

test('each target of the Makefile calls a command that exists', () => {
  const called = [...readFileSync(join(root, 'Makefile'), 'utf8').matchAll(/generators\/main\.ts ([\w-]+)/g)]
  assert.ok(called.length >= 8)
  assert.deepEqual(
    called.map(([, name = '']) => name).filter((name) => !Object.hasOwn(commands, name)),
    [],
  )
})
