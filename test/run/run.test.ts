import assert from 'node:assert/strict'
import { test } from 'node:test'
import { head, plantFiles } from './planted.ts'

const good = `${head}test('one', () => {})\ntest('two', (t) => t.skip('not today'))\n`
const bad = `${head}
test("what's wrong", async (t) => {
  await t.test('inner', () => {
    assert.equal(1 + 1, 3)
  })
  await t.test('inner too', (t) => t.diagnostic('said by the way'))
})
test('right', () => {})
`

test('a folder runs file by file; the run ends with what failed and how to rerun it', async (t) => {
  const { run } = plantFiles(t, {
    'test/a/good.test.ts': good,
    'test/a/bad.test.ts': bad,
    'test/b/other.test.ts': good,
  })
  const all = await run(['test/a'])
  assert.equal(all.exit, 1)
  const [before, after] = all.text.split('\n== tests: ')
  assert.deepEqual((before as string).split(/\n(?=[✔✖])/).sort(), [
    '\n== tests',
    '✔ test/a/good.test.ts: 1 passed, 1 skipped (N s)',
    `✖ test/a/bad.test.ts: 2 passed, 1 failed (N s)
    ℹ said by the way
    ✖ what's wrong > inner
        Expected values to be strictly equal:

        2 !== 3

        at TestContext.<anonymous> (ROOT/test/a/bad.test.ts:6:12)
        at async TestContext.<anonymous> (ROOT/test/a/bad.test.ts:5:3)`,
  ])
  assert.equal(
    after,
    `FAILED in N s

1 failed:
  ✖ what's wrong > inner
    test/a/bad.test.ts:6
      2 !== 3
    npm test -- test/a/bad.test.ts --name 'what'\\''s wrong'

3 passed, 1 failed, 1 skipped
`,
  )
})

test('for a single file each test is printed, for a name those that contain it', async (t) => {
  const { run } = plantFiles(t, { 'test/a/good.test.ts': good, 'test/a/bad.test.ts': bad })
  assert.deepEqual(await run(['test/a/good.test.ts']), {
    exit: 0,
    text: `
== tests
✔ test/a/good.test.ts: 1 passed, 1 skipped (N s)
    ✔ one
    - two
== tests: passed in N s

1 passed, 0 failed, 1 skipped
`,
  })
  assert.deepEqual(await run(['test/a', '--name', 'righ']), {
    exit: 0,
    text: `
== tests
✔ test/a/bad.test.ts: 1 passed (N s)
    ✔ right
== tests: passed in N s

1 passed, 0 failed, 0 skipped
`,
  })
  assert.deepEqual(await run(['test/a', '--name', 'r.*']), {
    exit: 1,
    text: `
== tests
== tests: passed in N s

no test name in these files contains 'r.*'

0 passed, 0 failed, 0 skipped
`,
  })
})

const wrong: readonly (readonly [args: string, env: Readonly<Record<string, string>>, said: string])[] = [
  ['test/checsk', {}, 'no such file or folder: test/checsk; did you mean test/checks?'],
  ['checks', {}, 'no such file or folder: checks; did you mean test/checks?'],
  [
    'test/checks/page.test.ts',
    {},
    'no such file or folder: test/checks/page.test.ts; did you mean test/checks/pages.test.ts?',
  ],
  ['test/nothing/like/it', {}, 'no such file or folder: test/nothing/like/it'],
  ['test/fixtures', {}, 'no tests in test/fixtures'],
  ['--nmae x', {}, 'unknown option --nmae; did you mean --name?'],
  ['--name', {}, '--name needs a value'],
  ['--timeout x', {}, "--timeout expects seconds, got 'x'"],
  ['--fast --long', {}, '--fast and --long are mutually exclusive'],
  ['test/long', {}, 'all tests in test/long are long: add --long'],
  ['test/checks --long', {}, 'no test in test/checks runs with --long'],
  ['--update', { CI: 'true' }, '--update is not allowed if CI is set: CI only checks expected texts'],
  ['test/checks --update', {}, 'no test in test/checks compares with an expected file'],
]

test('invalid arguments are rejected with a message before anything runs', async (t) => {
  const { run } = plantFiles(t, { 'test/checks/pages.test.ts': good, 'test/long/outage.long.test.ts': good })
  for (const [args, env, said] of wrong)
    assert.deepEqual(await run(args.split(' '), env), { exit: 2, text: `npm test: ${said}\n` })
})

test('long tests run with --long, or if their file is given', async (t) => {
  const { run } = plantFiles(t, { 'test/a/good.test.ts': good, 'test/a/outage.long.test.ts': good })
  const { text } = await run(['test/a'])
  assert.match(text, /good\.test\.ts: 1 passed/)
  assert.doesNotMatch(text, /outage/)
  const long = /^\n== long tests\n✔ test\/a\/outage\.long\.test\.ts: 1 passed, 1 skipped \(N s\)\n/
  assert.match((await run(['test/a', '--long'])).text, long)
  assert.match((await run(['test/a/outage.long.test.ts'])).text, long)
})

test('many failures fit on one screen', async (t) => {
  const { run } = plantFiles(t, {
    'test/a/many.test.ts': `${head}for (let i = 1; i <= 30; i++) test(\`number \${i}\`, () => assert.equal('a\\nb\\nc', \`a\\n\${i}\\nc\`))\n`,
  })
  const { text } = await run(['test/a'])
  const summary = text.slice(text.indexOf('30 failed:')).split('\n')
  assert.ok(summary.length <= 45, `${summary.length} lines`)
  assert.deepEqual(summary.slice(0, 6), [
    '30 failed:',
    '  ✖ number 1',
    '    test/a/many.test.ts:3',
    "      + 'a\\nb\\nc'",
    '      … 2 more lines',
    "    npm test -- test/a/many.test.ts --name 'number 1'",
  ])
  assert.deepEqual(summary.slice(-5), [
    "    npm test -- test/a/many.test.ts --name 'number 7'",
    '  and 23 more, above',
    '',
    '0 passed, 30 failed, 0 skipped',
    '',
  ])
})

const compares = (
  text: string,
  json: string,
) => `${head}import { expectFile, expectFolder, expectJson, expectPart } from '../fixtures/expected.ts'
test('compares', async (t) => {
  await t.test('a text', () => expectFile('test/a/text.txt', ${text}))
  await t.test('a part', () => expectPart('test/a/page.txt', /(?<=<<)[^>]*/, ${text}))
  await t.test('a value', () => expectJson('test/a/value.json', ${json}))
  await t.test('a folder', () => expectFolder('test/a/folder', new Map([['new', 'N'], ['old', 'O']])))
})
`

test('--update rewrites expected files and lists which changed', async (t) => {
  const { run, read } = plantFiles(t, {
    'test/a/compares.test.ts': compares("'one\\ntwo\\n'", '{ a: [1, 2] }'),
    'test/a/text.txt': 'one\nthree\n',
    'test/a/page.txt': 'before <<it>> after\n',
    'test/a/value.json': '{"a":[1]}\n',
    'test/a/folder/old': 'O',
    'test/a/folder/gone': 'G\n',
    'test/b/other.test.ts': good,
  })
  const refused = await run(['test/a'])
  assert.equal(refused.exit, 1)
  assert.equal(
    refused.text.slice(refused.text.indexOf('4 failed:')),
    `4 failed:
  ✖ compares > a text
    test/a/compares.test.ts:5
      test/a/text.txt is out of date (- the file, + the test's result; npm test -- --update rewrites it):
      @@ line 1
       one
      -three
      +two
    npm test -- test/a/compares.test.ts --name 'compares'
  ✖ compares > a part
    test/a/compares.test.ts:6
      test/a/page.txt is out of date (- the file, + the test's result; npm test -- --update rewrites it):
      @@ line 1
      -it
      \\ No newline at end of file
      +one
      +two
    npm test -- test/a/compares.test.ts --name 'compares'
  ✖ compares > a value
    test/a/compares.test.ts:7
      test/a/value.json is out of date (- the file, + the test's result; npm test -- --update rewrites it):
      @@ line 1
      -{"a":[1]}
      +{
      +  "a": [
      +    1,
      +    2
      +  ]
      … 1 more line
    npm test -- test/a/compares.test.ts --name 'compares'
  ✖ compares > a folder
    test/a/compares.test.ts:8
      test/a/folder/new is out of date (- the file, + the test's result; npm test -- --update rewrites it):
      @@ line 1
      +N
      \\ No newline at end of file
    npm test -- test/a/compares.test.ts --name 'compares'

0 passed, 4 failed, 0 skipped
`,
  )

  const updated = await run(['--update'])
  assert.equal(updated.exit, 0)
  assert.equal(
    updated.text.slice(updated.text.indexOf('expected texts')),
    `expected texts rewritten: 5; see git diff:
  test/a/folder/gone
  test/a/folder/new
  test/a/page.txt
  test/a/text.txt
  test/a/value.json

5 passed, 0 failed, 0 skipped
`,
  )
  assert.doesNotMatch(updated.text, /other/)
  assert.equal(read('test/a/text.txt'), 'one\ntwo\n')
  assert.equal(read('test/a/page.txt'), 'before <<one\ntwo\n>> after\n')
  assert.deepEqual(JSON.parse(read('test/a/value.json')), { a: [1, 2] })
  assert.equal(read('test/a/folder/new'), 'N')

  const again = await run(['test/a', '--update'])
  assert.match(again.text, /\n\nno expected text changed\n\n5 passed, 0 failed, 0 skipped\n$/)
})
