import { createClock } from '../../../demo/mcbot/clock.ts'
import { type Conditions, createConditions } from '../../../demo/mcbot/conditions.ts'
import { paperRun } from '../../demo/paper-run.ts'
import type { Scrapes } from '../scrapes.ts'
import { steppedScrapes } from '../stepped-scrapes.ts'
import { target } from './target.ts'

type Play = Parameters<typeof steppedScrapes<ReturnType<typeof paperRun>>>[0]['play']

/** The scrapes of a paper bot during a run, from its start; the clock starts in 1970, like promtool's. */
export const scrapesOf = (
  seed: string,
  metrics: ReadonlySet<string>,
  play: Play,
  conditions: Partial<Conditions> = {},
): Promise<Scrapes> =>
  steppedScrapes({
    target,
    metrics,
    play,
    begin: () =>
      paperRun(seed, 0, 'strict', createClock(), {
        // the first scrape comes before the first step, after which the bot is ready
        conditions: createConditions({ warmUpLimit: null, ...conditions }),
      }),
  })
