import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Files } from '../../generators/model/model.ts'
import { temporaryFolder } from '../fixtures/on-disk.ts'
import { needs } from '../servers/skipped.ts'
import { testRules } from './promtool.ts'
import { type Scene, writeRules, writeScene } from './scene.ts'
import { asSeries, type Scrape, scrapeEvery } from './scrapes.ts'

/** Replays scenes through promtool with all rules of the paper environment; each is a test of its own. */
export async function replay(
  t: TestContext,
  files: Files,
  scenesOf: readonly (() => Promise<readonly Scene[]>)[],
): Promise<void> {
  const tools = await needs(t, 'promtool')
  if (!tools) return
  const folder = temporaryFolder(t)
  writeRules(folder, files, 'paper')
  // a few at a time: all at once say nothing for minutes on a busy machine, which looks like a hang
  for (const taken of scenesOf)
    for (const some of inBatches(await taken())) {
      const said = await testRules(
        tools.promtool,
        some.map((scene) => writeScene(folder, scene)),
      )
      for (const [i, text] of [...said.values()].entries())
        await t.test(`${some[i]?.name}: ${some[i]?.fires.join(', ')}`, () => assert.ok(text === null, text ?? ''))
    }
}

/** The scenes that one call of promtool replays: four, or one that lasts a day. */
function inBatches(scenes: readonly Scene[]): readonly (readonly Scene[])[] {
  const [days, others] = [
    scenes.filter(({ evaluate }) => evaluate !== undefined),
    scenes.filter(({ evaluate }) => evaluate === undefined),
  ]
  const batches = Array.from({ length: Math.ceil(others.length / 4) }, (_, i) => others.slice(4 * i, 4 * i + 4))
  return [...batches, ...days.map((day) => [day])]
}

interface FaultyScrapes {
  readonly well: Scrape
  readonly under: Readonly<Record<string, Scrape>>
}

/** Each scrape of a faulty process is repeated: ten minutes healthy, then ten under the fault, or three if it hangs. */
export const processScenes = (
  target: Parameters<typeof asSeries>[0],
  { well, under }: FaultyScrapes,
  trips: (fault: string) => readonly string[],
): readonly Scene[] => {
  const rows = (minutes: number, scrape: Scrape) => Array.from({ length: (minutes * 60) / scrapeEvery }, () => scrape)
  return Object.entries(under).map(([name, ill]) => ({
    name,
    scrapes: asSeries(target, [...rows(10, well), ...rows(name === 'hang' ? 3 : 10, ill), ...rows(1, well)]),
    fires: [...trips(name), 'Watchdog'],
  }))
}
