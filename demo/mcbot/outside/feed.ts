import { type Random, random } from '../../paper/random.ts'
import type { Clock } from '../clock.ts'
import type { Conditions } from '../conditions.ts'
import { type FaultName, type FaultSwitches, faultySymbol } from '../faults/list.ts'
import type { BotMetrics } from '../metrics.ts'
import { stepSeconds } from '../setting.ts'

/** The market data stream of each symbol. */
interface Feed {
  readonly step: () => void
}

const messagesPerStep = 12
/** Exchanges close every stream after a day: the fast days of the paper market would be too short for that. */
const lifetime = { shortest: 900 / stepSeconds, longest: 3600 / stepSeconds }
const retryAfter = 150 / stepSeconds
const retryInMaintenanceAfter = 60 / stepSeconds
const breaksEvery = 15 / stepSeconds

export function createFeed(
  seed: string,
  metrics: BotMetrics,
  switches: FaultSwitches,
  { watched, warmUp, turnover }: Conditions,
  { stepsPerDay }: Clock,
): Feed {
  const lives = (draw: Random) => Math.max(stepsPerDay, draw.between(lifetime.shortest, lifetime.longest))
  const streams = watched.map((symbol, at) => {
    const draw = random(seed, `feed ${symbol}`)
    const begins = ((warmUp / stepSeconds) * (at + 1)) / watched.length
    return { symbol, draw, begins, ends: lives(draw), downSince: 0 }
  })
  let steps = 0
  return Object.freeze({
    step: () => {
      steps += 1
      const usual = messagesPerStep * turnover(steps * stepSeconds)
      for (const stream of streams) {
        const { symbol, draw } = stream
        if (steps < stream.begins) continue
        const messages = Math.round(draw.lognormal(usual, 0.3))
        const befalls = (name: FaultName) => symbol === faultySymbol && switches.isOn(name)
        if (steps >= stream.ends) {
          metrics.ws_reconnects_total.inc({ symbol })
          stream.ends = steps + lives(draw)
        }
        if (befalls('ws-frequent-reconnects') && steps % breaksEvery === 0) metrics.ws_reconnects_total.inc({ symbol })
        const maintenance = switches.isOn('exchange-maintenance')
        if (maintenance || befalls('ws-disconnected')) {
          const every = maintenance ? retryInMaintenanceAfter : retryAfter
          if (stream.downSince === 0) stream.downSince = steps
          else if ((steps - stream.downSince) % every === 0) metrics.ws_reconnects_total.inc({ symbol })
          metrics.exchange_ws_connected.set({ symbol }, 0)
          continue
        }
        if (stream.downSince > 0) {
          stream.downSince = 0
          metrics.ws_reconnects_total.inc({ symbol })
        }
        metrics.exchange_ws_connected.set({ symbol }, 1)
        if (messages === 0 || befalls('ws-silent')) continue
        metrics.ws_messages_received_total.inc({ symbol }, messages)
        metrics.ws_last_message_age_seconds.touch({ symbol })
      }
    },
  })
}
