import { EventEmitter, once } from 'node:events'
import type { AttemptOutcome } from './answer.ts'
import { deliver } from './channels.ts'
import { now, pause } from './clock.ts'
import type { ChannelConfig } from './config.ts'
import { type Message, messageAge } from './message.ts'
import type { Queue } from './queue.ts'

/** Pauses between attempts that failed, in seconds; the last repeats. */
const pauses = [2, 5, 10, 20] as const
/** After a day a message says nothing any more, in seconds. */
const expiresAfter = 86_400
/** A message this old says so, in seconds. */
const lateAfter = 60

/** A channel while it works: it never waits for another one. */
export interface Delivery {
  readonly channel: ChannelConfig
  readonly queue: Queue
  readonly figures: Figures
  /** Queues a message; resolves once it is kept. */
  take(message: Message): Promise<void>
  /** Seconds since the first attempt that failed without a later one that worked; 0 if the last one worked. */
  failingFor(): number
}

/** Counts since the start, by outcome and by reason. */
interface Figures {
  delivered: number
  rejected: number
  expired: number
  readonly failures: Map<string, number>
}

/** Delivers a channel's messages one after the other, forever. */
export function startDelivery(channel: ChannelConfig, queue: Queue, log: (line: string) => void): Delivery {
  const arrived = new EventEmitter()
  const figures: Figures = { delivered: 0, rejected: 0, expired: 0, failures: new Map() }
  let failingSince: number | null = null
  /** The last failure since the queue was empty: what waits behind it is late for the same reason. */
  let why = ''

  const failed = (startedAt: number, reason: string, sentence: string, next: string) => {
    figures.failures.set(reason, (figures.failures.get(reason) ?? 0) + 1)
    if (failingSince === null) log(`${channel.name}: ${sentence}; ${next}`)
    failingSince ??= startedAt
    why = sentence
  }
  const worked = () => {
    if (failingSince !== null) log(`${channel.name}: works again after ${Math.round(now() - failingSince)} s`)
    failingSince = null
  }

  /** Tries until the message is delivered, refused in either form, or too old. */
  const settle = async (message: Message): Promise<void> => {
    const late: Promise<AttemptOutcome>[] = []
    for (let failures = 0, plain = false; ; ) {
      if (messageAge(message) > expiresAfter) {
        log(`${channel.name}: a message of ${Math.round(messageAge(message) / 3600)} hours ago is dropped: ${why}`)
        figures.expired++
        return
      }
      const startedAt = now()
      const outcome = await deliver(channel, withLateness(message, why), plain)
      switch (outcome.kind) {
        case 'delivered':
          figures.delivered++
          return worked()
        case 'rejected':
          // a channel that takes neither form of a message counts as failing until it takes another one
          if (plain) {
            failed(startedAt, 'rejected', outcome.reason, 'the message is dropped')
            figures.rejected++
            return
          }
          log(`${channel.name}: ${outcome.reason}; sending it without markup`)
          plain = true
          break
        case 'later':
          failed(startedAt, outcome.reason, outcome.why, 'it is tried again until it works')
          if (outcome.answer !== undefined) late.push(outcome.answer)
          if (await arrivesMeanwhile(late, outcome.seconds ?? pauses[Math.min(failures, pauses.length - 1)] ?? 20)) {
            figures.delivered++
            return worked()
          }
          failures++
      }
    }
  }
  void (async () => {
    for (;;) {
      const message = queue.first()
      if (message === undefined) {
        why = ''
        await once(arrived, 'message')
        continue
      }
      await settle(message)
      // a disk that hangs must not keep the next one waiting
      void queue.remove(message)
    }
  })()
  return {
    channel,
    queue,
    figures,
    take: (message) => {
      const kept = queue.add(message)
      // it is delivered even if the disk hangs
      arrived.emit('message')
      return kept
    },
    failingFor: () => (failingSince === null ? 0 : now() - failingSince),
  }
}

/** Waits for these seconds, or until one of the earlier attempts is answered after all; whether the message has been taken. */
const arrivesMeanwhile = (late: readonly Promise<AttemptOutcome>[], seconds: number): Promise<boolean> =>
  new Promise((resolve) => {
    void pause(seconds).then(() => resolve(false))
    for (const answer of late) void answer.then(({ kind }) => kind === 'delivered' && resolve(true))
  })

/** The message with a line that says how late it is and why, as soon as that matters. */
function withLateness(message: Message, why: string): Message {
  const seconds = messageAge(message)
  if (seconds < lateAfter) return message
  const minutes = Math.round(seconds / 60)
  const reason = why === '' ? '' : `: ${why.replace(/[<>&]/g, '')}`
  return { ...message, text: `${message.text}\n\n⏳ ${minutes} min late${reason}` }
}
