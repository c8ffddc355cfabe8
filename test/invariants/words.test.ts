import assert from 'node:assert/strict'
import { test } from 'node:test'
import { files, read } from './repository.ts'
import { proseOf } from './scan.ts'

/** Phrases that read as a translation, each with what to write and a text in which it must be found. */
const phrases: readonly (readonly [pattern: RegExp, rather: string, example: string])[] = [
  [
    /\b(?!There\b)(it|this|that|which|he|she|name|value|text|query|label|metric|panel|duration|[A-Z]\w+) (is|are) no (?!longer\b|more\b|less\b|different\b|such\b)[a-z]+/g,
    'is not a …, no … at all',
    'it is no metric of this bot',
  ],
  [/\b(is|are|be|was|nobody|hears?) told\b(?! apart)/g, 'is notified, is reported', 'nobody is told of it'],
  [/\b(has|have|had)( \w+)? told\b/g, 'reported', 'what its alerts would have told'],
  [/\btells? (nobody|about)\b/g, 'notifies nobody, reports', 'it tells about a fill'],
  [/\b(do|does|did) so by (itself|themselves)\b/g, 'automatically', 'it does so by itself'],
  [
    /\bbehind (the|a|an|this|its|each)( first| last)?( of these)? (colon|comma|bracket|quote|word|name|prefix|steps?)\b/g,
    'after',
    'the word behind the colon',
  ],
  [/\bforever(y|yone)\b/g, 'for every, for everyone', 'is it slow foreveryone?'],
  [/\banew\b/g, 'again', 'it starts anew'],
  [/\bmend(s|ed|ing)?\b/g, 'fix', 'mend what it names'],
  [/\bbelongs? into\b/g, 'belongs in', 'it belongs into a file'],
  [/\blets? go of\b/g, 'drops', 'it lets go of the label'],
  [/\b(takes?|taking|taken|took)( \w+){0,3} away\b/g, 'drops, removes', 'it takes the label away'],
  [/\bstands? (in|on|there|beside|together|behind)\b/g, 'is in, is based on, is next to', 'it stands in the file'],
  [/\bso (long|many|often) (as|a|without|apart|seconds|times)\b/g, 'for this long, up to N times', 'so long a time'],
  [/\bholds? \w+ against\b/g, 'check … against', 'it holds rules against it'],
  [/\bof which nobody\b/g, 'that nobody', 'an alert of which nobody knows'],
  [/\bheld up\b/g, 'blocked, delayed', 'the bot is held up'],
  [/\bfor ever\b/g, 'forever', 'it waits for ever'],
  [/\bwhat is said of\b/gi, 'the report', 'What is said of it:'],
]

/** Texts that a person reads: documents whole, and of sources the comments and strings. */
const texts = files
  .filter((path) => /\.(ts|tsx|mjs|md)$|^Makefile$/.test(path))
  .filter((path) => !path.startsWith('test/fixtures/sarif/') && path !== 'test/invariants/words.test.ts')
  .map(
    (path) =>
      [path, /\.(md)$|^Makefile$/.test(path) ? read(path) : proseOf(read(path), path.endsWith('.tsx'))] as const,
  )

const foundIn = (path: string, text: string): readonly string[] =>
  phrases.flatMap(([pattern, rather]) =>
    [...text.matchAll(pattern)].map(
      ({ 0: phrase, index }) => `${path}:${text.slice(0, index).split('\n').length}: '${phrase}', rather: ${rather}`,
    ),
  )

test('I16: no text for people uses a phrase of the word list', () => {
  assert.ok(texts.length > 500)
  assert.deepEqual(
    texts.flatMap(([path, text]) => foundIn(path, text)),
    [],
  )
})

test('I16: the text of elements is prose, with what is between braces left out', () => {
  const source = 'const Empty = <p className={shown}>it starts anew{name}, and nobody is told</p>\n'
  assert.deepEqual(foundIn('a.tsx', proseOf(source, true)), [
    "a.tsx:1: 'is told', rather: is notified, is reported",
    "a.tsx:1: 'anew', rather: again",
  ])
  assert.deepEqual(foundIn('a.ts', proseOf(source)), [])
})

for (const [pattern, , example] of phrases)
  test(`I16: ${pattern.source} is found in a comment, a string and a template, and not in code`, () => {
    const source = `const told = mend(anew) // ${example}\nconst text = '${example}'\nconst other = \`${example} \${told}\`\n`
    assert.deepEqual(
      foundIn('a.ts', proseOf(source))
        .filter((one) => one.includes(foundIn('a', example)[0]?.split("'")[1] ?? example))
        .map((one) => one.split(':')[1]),
      ['1', '2', '3'],
    )
  })
