import { inSeconds } from '../../definitions/language/duration.ts'
import { selectors } from '../../definitions/language/node.ts'
import type { AlertRule, Model } from '../model/model.ts'
import { sampleShare } from '../resolve/hold.ts'
import { arrivesEvery, awayLimit, groupWait, looksWithin, quietLimit, startLimit } from '../stack/alert-timing.ts'
import { type Delay, delayOf } from './delay.ts'
import { type LinesDelay, linesDelay } from './lines-delay.ts'
import { seriesDelays } from './series-delays.ts'

/** How long it takes from a fault until the first message about it is on its way, in seconds. */
export interface Latency {
  readonly least: number
  readonly most: number
  /** The part of `most` that the condition itself asks for: an age, a window, a deadline. */
  readonly condition: number
  /** The part of both that the hold asks for. */
  readonly hold: number
  /** The part of each that is the deadline of a metric, which counts from the start of the bot; null without one. */
  readonly deadline: { readonly least: number; readonly most: number } | null
}

/**
 * The latencies of a bot's alerts; null for a watchdog and a quiet, which have no fault. Most is the condition, the newest sample, an evaluation,
 * the hold in whole evaluations, and Alertmanager's group wait; least is the condition, the hold and the group wait.
 */
export function latencies(model: Model): (alert: AlertRule) => Latency | null {
  const series = seriesDelays(model)
  const evaluate = inSeconds(model.bot.stack.evaluate)
  const recorded = new Set(model.records.filter(({ of }) => of === null).map(({ name }) => name))
  return (alert) => {
    switch (alert.of.of) {
      case 'watchdog':
      case 'quiet':
        return null
      case 'posted':
        return posted(model)
      case 'logs':
        return alert.of.lines === null ? null : onLines(linesDelay(alert.of.lines), alert, evaluate)
      case 'absence': {
        const { sampled } = delayOf(alert.of.when, series)
        const delay: Delay = { least: 0, most: staleAfter * sampled + discovery, sampled: 0, events: null }
        return { ...total(delay, alert, evaluate, recorded), deadline: null }
      }
      case 'condition':
        return {
          ...total(delayOf(alert.of.when, series), alert, evaluate, recorded),
          deadline: deadlineIn(selectors(alert.of.when).map((selector) => series(selector).deadline)),
        }
    }
  }
}

function deadlineIn(deadlines: readonly Latency['deadline'][]): Latency['deadline'] {
  const found = deadlines.filter((deadline) => deadline !== null)
  if (found.length === 0) return null
  return {
    least: Math.min(...found.map(({ least }) => least)),
    most: Math.max(...found.map(({ most }) => most)),
  }
}

/** How many scrape intervals it takes at most until a target that is gone has no series any more: Prometheus waits for two and a tenth. */
const staleAfter = 2.1
/** How long Prometheus may collect changes of its targets before it acts on them, in seconds: in discovery, and again in scraping. */
const discovery = 10

function total(
  delay: Delay,
  { hold: asked, rules }: AlertRule,
  evaluate: number,
  recorded: ReadonlySet<string>,
): Omit<Latency, 'deadline'> {
  const isInside = asked !== null && rules.every((rule) => rule.for === null)
  const isRecorded = isInside && rules.some(({ expr }) => selectors(expr).some(({ name }) => recorded.has(name)))
  const seconds = inSeconds(asked)
  // a `for` lasts whole evaluations
  const hold = isInside ? seconds : Math.ceil(seconds / evaluate) * evaluate
  return {
    // fewer samples are enough for a series that is younger than its window
    least: delay.least + (isInside ? hold * sampleShare : hold) + groupWait,
    most: delay.most + delay.sampled + (isRecorded ? 2 : 1) * evaluate + hold + groupWait,
    condition: delay.most,
    hold,
  }
}

/** vmalert evaluates as often as Prometheus, and holds alike. */
function onLines({ least, most }: LinesDelay, { hold: asked }: AlertRule, evaluate: number): Latency {
  const hold = Math.ceil(inSeconds(asked) / evaluate) * evaluate
  return {
    least: least + hold + groupWait,
    most: most + evaluate + hold + groupWait,
    condition: most,
    hold,
    deadline: null,
  }
}

/** A silence of Prometheus, as the relay sees it: its health URL fails, or its Watchdog stays away, also after a restart. */
function posted({ bot }: Model): Latency {
  const quiet = quietLimit(bot)
  const condition = Math.max(quiet, awayLimit + startLimit(bot))
  return {
    least: Math.max(0, Math.min(awayLimit, quiet - arrivesEvery(bot)) - looksWithin),
    most: condition + looksWithin,
    condition,
    hold: 0,
    deadline: null,
  }
}
