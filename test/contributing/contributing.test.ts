import assert from 'node:assert/strict'
import { test } from 'node:test'
import { read } from '../invariants/repository.ts'
import { copyOf } from './copy.ts'
import { definitionRecipes } from './recipes/definitions.ts'
import { generatorRecipes } from './recipes/generators.ts'

// Every row of the table in CONTRIBUTING is carried out in a copy of the repository, so that none of them goes out of date.

const recipes = { ...definitionRecipes, ...generatorRecipes }

/** The rows of the table: what is added, and the files that the row says to touch. */
const rows = new Map(
  [...read('CONTRIBUTING.md').matchAll(/^\| (an? [a-z ]+?) *\| ([^|]+?) *\|/gm)].map(([, what, touch]) => [
    what as string,
    [...(touch as string).matchAll(/`([^`]+)`/g)].map(([, path]) => path as string),
  ]),
)

test('every row of CONTRIBUTING has a recipe, and every recipe a row', () => {
  assert.deepEqual(Object.keys(recipes).sort(), [...rows.keys()].sort())
})

for (const [what, recipe] of Object.entries(recipes)) {
  test(`adding ${what} touches only the files that its row names`, () => {
    const named = (rows.get(what) ?? []).map(pattern)
    const files = recipe.edits.map(({ file }) => file)
    assert.deepEqual(
      files.filter((file) => !named.some((path) => path.test(file))),
      [],
    )
  })

  test(`adding ${what} as its row says compiles, generates, passes check and the tests it reaches`, async (t) => {
    const copy = copyOf(t)
    copy.edit([...(recipe.setup ?? []), ...recipe.edits])
    await copy.run('node_modules/typescript/bin/tsc', '--noEmit', '--singleThreaded')
    await copy.run('--import', 'tsx', 'generators/main.ts', 'generate')
    const report = await copy.run('--import', 'tsx', 'generators/main.ts', 'check')
    for (const [path, text] of Object.entries(recipe.generated)) assert.match(copy.read(path), text, path)
    // findings of definitions have codes without BW
    assert.match(report, /^no problems found in /)
    if (recipe.tests !== undefined) await copy.test(recipe.tests, recipe.only)
  })
}

/** A path of a row: `<name>` stands for any name, a folder for all that is in it. */
const pattern = (path: string) =>
  new RegExp(
    `^${path
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace(/<[\w-]+>/g, '[\\w.-]+')
      .replace(/\/$/, '/.+')}$`,
  )
