import { readPaperEnvironment, type Variables } from '../paper/environment.ts'
import { fastest, isClockFactor } from './clock.ts'

/** Reads the variables of every paper bot, and CLOCK: how many times as fast as the clock the market runs. */
export const readEnvironment = (env: Variables) =>
  readPaperEnvironment(env, 'mcbot', (given, wrong) => {
    const clock = Number(given('CLOCK', `${fastest}`))
    if (!isClockFactor(clock))
      wrong.push(
        `CLOCK is '${env['CLOCK']}', expected a divisor of ${fastest}, from 1 (a market hour takes an hour) to ${fastest} (a market day takes 30 seconds)`,
      )
    return { clock }
  })
