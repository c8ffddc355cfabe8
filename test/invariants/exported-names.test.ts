import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bots } from '../../definitions/index.ts'
import { namesOf } from './names.ts'
import { files, read } from './repository.ts'

/** Names that two files may export, each with the reason. */
const shared: Readonly<Record<string, string>> = {
  gauge: 'the metric comes from metrics.ts, the panel from index.ts, as in the files that use them',
}

/** Exported names that look like a participle, each with what it means. */
const nouns: Readonly<Record<string, string>> = {
  mixed: 'the name of a unit',
  redacted: 'the text in a log that replaces a secret',
}

/** The bots that `definitions/index.ts` lists, and the one that is not finished. */
const botNames = [...bots.map(({ name }) => name), 'arbot'].join('|')

/** The folder of a bot is a namespace: every bot gives its metrics, its faults, its status page and its cases the same names. */
const ofBot = new RegExp(
  `^((definitions|demo|test/alerts|test/day)/(${botNames})|test/fixtures/(minimal|logs|log-pipeline))/`,
)
const namespaceOf = (path: string): string => ofBot.exec(path)?.[0] ?? ''

/** A re-exported name is declared in the other file. */
const namesIn = (source: string): readonly string[] => namesOf(source).exported.map(({ name }) => name)

type Texts = readonly (readonly [path: string, text: string])[]

function collisions(texts: Texts): readonly string[] {
  const from = new Map<string, string[]>()
  for (const [path, text] of texts)
    for (const name of namesIn(text)) {
      const key = `${namespaceOf(path)} ${name}`
      from.set(key, [...(from.get(key) ?? []), path])
    }
  return [...from]
    .map(([key, paths]) => [key.slice(key.indexOf(' ') + 1), paths] as const)
    .filter(([name, paths]) => paths.length > 1 && name !== 'default' && !(name in shared))
    .map(([name, paths]) => `${name} is exported by ${paths.join(' and ')}`)
}

const texts: Texts = files
  .filter((path) => /\.(tsx?|mts|mjs)$/.test(path) && !path.startsWith('out/'))
  .map((path) => [path, read(path)])
const exported = texts.flatMap(([path, text]) => namesIn(text).map((name) => [path, name] as const))

test('I15: an exported name comes from one file', () => {
  assert.ok(exported.length > 1000)
  assert.deepEqual(collisions(texts), [])
  for (const name of Object.keys(shared))
    assert.ok(exported.filter(([, one]) => one === name).length > 1, `${name} no longer needs an exception`)
  assert.deepEqual(
    collisions([
      ['generators/a.ts', "export const one = 1\nexport type { Two } from './b.ts'\n// export const three = 3"],
      ['runtime/b.ts', 'export async function* one() {}\nexport interface Two {}\nconst three = 3'],
      ['test/c.ts', "const text = 'export const one = 1'\nconst Two = text\nexport { Two }"],
      ['definitions/mcbot/metrics.ts', 'export const one = 1'],
      ['definitions/mcbot/alerts.ts', 'export const one = 1'],
      ['definitions/tradingbot/metrics.ts', 'export const one = 1'],
      ['definitions/logs/a.ts', 'export const three = 1'],
      ['definitions/delivery/b.ts', 'export const { three } = one'],
    ]),
    [
      'one is exported by generators/a.ts and runtime/b.ts',
      'Two is exported by runtime/b.ts and test/c.ts',
      'one is exported by definitions/mcbot/metrics.ts and definitions/mcbot/alerts.ts',
      'three is exported by definitions/logs/a.ts and definitions/delivery/b.ts',
    ],
  )
})

/** A single word ending in -ed, or an irregular form that is only a participle. */
const participle =
  /^([A-Z]?[a-z]+ed|[Bb]egun|[Bb]uilt|[Dd]one|[Dd]rawn|[Gg]iven|[Gg]one|[Hh]eld|[Kk]ept|[Kk]nown|[Mm]ade|[Ss]aid|[Ss]een|[Ss]ent|[Ss]hown|[Tt]aken|[Tt]old|[Uu]nderstood|[Ww]ritten)$/

test('I15: no exported name is a bare participle', () => {
  const bare = exported.filter(([, name]) => participle.test(name))
  assert.deepEqual(
    bare.filter(([, name]) => !(name in nouns)).map(([path, name]) => `${path} exports ${name}`),
    [],
  )
  for (const name of Object.keys(nouns))
    assert.ok(
      bare.some(([, one]) => one === name),
      `${name} no longer needs an exception`,
    )
  for (const name of ['asked', 'Resolved', 'told']) assert.match(name, participle)
  for (const name of ['askedFor', 'PlacedPanel', 'read', 'statusPage']) assert.doesNotMatch(name, participle)
})

const terms = read('docs/glossary.md')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .slice(2)

test('I15: the glossary has at most fifteen terms, and each names a file or export that exists', () => {
  assert.ok(terms.length > 0 && terms.length <= 15, `${terms.length} terms`)
  assert.equal(new Set(terms.map(([, term]) => term)).size, terms.length)
  const carriers = terms.flatMap(([, term, , where = '']) =>
    [...where.matchAll(/(?:`(\w+)` in )?`([\w./-]+\/[\w./-]*)`/g)].map(([, name, path = '']) => ({ term, name, path })),
  )
  for (const [, term] of terms)
    assert.ok(
      carriers.some((one) => one.term === term),
      `the glossary names no file or export for ${term}`,
    )
  assert.deepEqual(
    carriers.filter(({ name, path }) =>
      name === undefined
        ? !files.some((file) => file === path || (path.endsWith('/') && file.startsWith(path)))
        : !exported.some(([file, one]) => file === path && one === name),
    ),
    [],
  )
})
