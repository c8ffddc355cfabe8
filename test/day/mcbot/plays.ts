import type { scenarios } from '../../../definitions/mcbot/scenarios.ts'
import { type Conditions, fall } from '../../../demo/mcbot/conditions.ts'
import { symbols } from '../../../demo/mcbot/setting.ts'
import type { Play } from '../play.ts'
import { type PaperRun, paperPlay } from './run.ts'

const minute = 60
const hour = 60 * minute
const day = 24 * hour
/** Before something happens, and after it: until all that it causes is resolved. */
const [before, after] = [10 * minute, 20 * minute]

/** Nothing is traded: the positions stay as they are. */
const idle = { activity: 0 }
/** Five symbols, and about five fills a day. */
const usual = {}
/** The bot reads fifty streams, which it connects one after another. */
const fiftyStreams = {
  watched: [...symbols, ...Array.from({ length: 45 }, (_, i) => `COIN${i + 1}USDT`)],
  warmUp: 3 * minute,
}
/** All prices fall, and the bot is long with its whole equity. */
const falling = (share: number, seconds: number): Partial<Conditions> => ({
  ...idle,
  held: 1,
  shock: fall(share, before, before + seconds),
})

/** It warms up, and the third and fourth day have a twentieth of the usual trading: the first of January 1970 was a Thursday. */
const quietWeekend: Partial<Conditions> = {
  warmUp: 3 * minute,
  turnover: (seconds) => ([2, 3].includes(Math.floor(seconds / day)) ? 0.05 : 1),
}

/** What `make up` does to the bot: it announces a maintenance, replaces it, waits for it and then stays quiet for a while. */
async function deployed(run: PaperRun): Promise<void> {
  const end = run.quiet()
  await run.forSeconds(10)
  await run.restart(90)
  await run.forSeconds(20)
  end()
}

/** How the paper bot plays each scenario of mcbot. */
export const plays: Readonly<Record<keyof typeof scenarios, Play>> = Object.freeze({
  idleNight: paperPlay(idle, (run) => run.forSeconds(8 * hour)),
  ordinaryDay: paperPlay(usual, (run) => run.forSeconds(25 * hour)),
  week: paperPlay(quietWeekend, async (run) => {
    await run.forSeconds(day + 10 * hour)
    await deployed(run)
    await run.until(4 * day + 3 * hour + 17 * minute)
    await run.restart(20)
    await run.until(5 * day + 15 * hour)
    // nothing is deposited again
    run.turn('withdrawal', true)
    await run.until(7 * day)
  }),
  warmUp: paperPlay(fiftyStreams, (run) => run.forSeconds(after)),
  deploy: paperPlay(fiftyStreams, async (run) => {
    await run.forSeconds(before)
    await deployed(run)
    await run.forSeconds(after)
  }),
  restart: paperPlay(fiftyStreams, async (run) => {
    await run.forSeconds(before)
    await run.restart(20)
    await run.forSeconds(after)
  }),
  maintenance: paperPlay(usual, async (run) => {
    await run.forSeconds(before)
    run.turn('exchange-maintenance', true)
    await run.forSeconds(2 * hour)
    run.turn('exchange-maintenance', false)
    await run.forSeconds(after)
  }),
  withdrawal: paperPlay(usual, async (run) => {
    await run.forSeconds(before)
    run.turn('withdrawal', true)
    await run.forSeconds(hour)
    run.turn('withdrawal', false)
    await run.forSeconds(after)
  }),
  // nothing is resolved after these: five minutes are enough for what they cause
  crash: paperPlay(falling(0.15, 10 * minute), (run) => run.forSeconds(before + 15 * minute)),
  fall: paperPlay(falling(0.46, 30 * minute), (run) => run.forSeconds(before + 35 * minute)),
})
