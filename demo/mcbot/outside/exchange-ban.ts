import type { FaultSwitches } from '../faults/list.ts'
import type { BotMetrics } from '../metrics.ts'

type Answer = 'accepted' | 'refused' | 'not sent'

/** What becomes of a call while the exchange limits the bot's address. */
interface ExchangeBan {
  readonly answer: () => Answer
}

const firstBan = 120

/** The fault exchange-banned: one 429, then a 418 for each call that is made after the last ban. */
export function createExchangeBan(metrics: BotMetrics, switches: FaultSwitches, now: () => number): ExchangeBan {
  let warned = false
  let length = firstBan
  let until = 0
  return Object.freeze({
    answer: (): Answer => {
      const time = now() / 1000
      if (!switches.isOn('exchange-banned')) {
        if (until > time) metrics.exchange_banned_until_timestamp.set(time)
        warned = false
        length = firstBan
        until = 0
        return 'accepted'
      }
      if (time < until) return 'not sent'
      if (!warned) {
        warned = true
        metrics.exchange_limit_responses_total.inc({ reason: 'request_weight' })
        return 'refused'
      }
      until = time + length
      length *= 2
      metrics.exchange_limit_responses_total.inc({ reason: 'ban' })
      metrics.exchange_banned_until_timestamp.set(until)
      return 'refused'
    },
  })
}
