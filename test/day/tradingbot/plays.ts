import type { scenarios } from '../../../definitions/tradingbot/scenarios.ts'
import type { Play } from '../play.ts'
import { type TradingRun, tradingPlay } from './run.ts'

const minute = 60
const hour = 60 * minute
/** Before something happens, and after it: until all that it causes is resolved. */
const [before, after] = [10 * minute, 20 * minute]

/** The balance falls by this share within this many seconds. */
async function fall({ account, forSeconds }: TradingRun, share: number, seconds: number): Promise<void> {
  const from = account.balance
  let passed = 0
  await forSeconds(seconds, () => {
    passed += 10
    account.balance = from * (1 - (share * passed) / seconds)
  })
}

/** How each scenario of tradingbot is played. */
export const plays: Readonly<Record<keyof typeof scenarios, Play>> = Object.freeze({
  idleNight: tradingPlay((run) => run.forSeconds(8 * hour)),
  ordinaryDay: tradingPlay(async ({ account, forSeconds }) => {
    await forSeconds(25 * hour, (seconds) => {
      if (seconds % (5 * hour) === hour) {
        account.fills += 1
        account.lastFill = seconds
        account.balance *= 1.002
      }
      if (seconds % hour === 0) account.failedCalls += 1
      if (seconds === 24 * hour) account.opening = account.balance
    })
  }),
  restart: tradingPlay(async (run) => {
    await run.forSeconds(before)
    await run.restart(20)
    await run.forSeconds(after)
  }),
  withdrawal: tradingPlay(async ({ account, forSeconds }) => {
    await forSeconds(before)
    for (const figure of ['balance', 'peak', 'opening'] as const) account[figure] *= 0.8
    await forSeconds(hour + after)
  }),
  loss: tradingPlay(async (run) => {
    await run.forSeconds(before)
    await fall(run, 0.04, 10 * minute)
    await run.forSeconds(2 * hour - 10 * minute)
    run.account.opening = run.account.balance
    await run.forSeconds(after)
  }),
  // nothing is resolved after it: five minutes are enough for what it causes
  crash: tradingPlay(async (run) => {
    await run.forSeconds(before)
    await fall(run, 0.08, 10 * minute)
    await run.forSeconds(5 * minute)
  }),
  freeze: tradingPlay(async (run) => {
    await run.forSeconds(before)
    run.now.loops = false
    await run.forSeconds(4 * minute)
    await run.restart(10)
    await run.forSeconds(after)
  }),
  outage: tradingPlay(async (run) => {
    await run.forSeconds(before)
    run.now.answers = false
    await run.forSeconds(hour)
    run.now.answers = true
    await run.forSeconds(after)
  }),
  down: tradingPlay(async (run) => {
    await run.forSeconds(before)
    await run.restart(30 * minute)
    await run.forSeconds(after)
  }),
})
