import { limitOf } from '../definitions/language/timestamp.ts'
import { fractionText } from './amounts.ts'
import { display } from './display.ts'
import { isFiniteNumber } from './numbers.ts'
import type { Family, ReaderSlot } from './shapes.ts'

/** Milliseconds that a scrape waits for promises, all of them together. */
const patience = 1000
/** Milliseconds that a callback may block: on a busy machine one of a few milliseconds can take hundreds. */
const longestHold = 1000
/** A callback that is too slow this many times in a row is skipped for ten times as long as it blocked. */
const mostLate = 3
const restsFor = 10

/** A pending value; its promise always settles in time and never rejects. */
export interface PendingRead {
  readonly family: Family
  readonly read: ReaderSlot
  /** NaN if there is none. */
  readonly value: Promise<number>
}

/** Waits for all pending values and writes them into cells laid out like those of the families. */
export async function arrive(
  coming: readonly PendingRead[],
  pageOf: (read: ReaderSlot) => Float64Array | null,
): Promise<void> {
  await Promise.all(
    coming.map(async ({ family, read, value }) => {
      const given = await value
      const page = pageOf(read)
      if (page !== null) page[read.at] = given
      // Its own cell becomes empty again while the next value is pending.
      if (!Number.isNaN(given)) family.written.add((read.at - read.block.range.at) / family.kind.width)
    }),
  )
}

/** Writes the values of a family's callbacks into its cells and returns those still pending; the series of a failed callback is absent. */
export function askAll(family: Family): readonly PendingRead[] {
  family.fill()
  const coming: PendingRead[] = []
  for (const read of [...family.readers.values()]) {
    const value = ask(family, read)
    if (read.block.alive) read.block.range.chunk[read.at] = typeof value === 'number' ? value : Number.NaN
    if (typeof value !== 'number') coming.push({ family, read, value })
  }
  return coming
}

function ask(family: Family, read: ReaderSlot): number | Promise<number> {
  const before = family.now()
  if (read.pending) return missing(family, `the collect callback has been pending for more than ${patience} ms`)
  if (before < read.restsUntil)
    return missing(family, 'the collect callback is skipped for a while, because it repeatedly blocked the event loop')
  let given: unknown
  try {
    given = read.read()
    if (isPromise(given)) return awaited(family, read, given)
  } catch (error) {
    return missing(family, `the collect callback threw ${what(error)}`)
  } finally {
    noteHold(family, read, before, family.now() - before)
  }
  return numberFrom(family, given)
}

/** The value is kept: nothing can stop code that blocks, it can only be reported and called less often. */
function noteHold(family: Family, read: ReaderSlot, before: number, took: number): void {
  if (took <= longestHold) {
    read.late = 0
    return
  }
  read.late += 1
  if (read.late >= mostLate) read.restsUntil = before + took * restsFor
  family.note(
    'reader-failed',
    `the collect callback blocked the event loop for ${Math.round(took)} ms: after ${mostLate} slow calls in a row it is skipped for ten times as long`,
  )
}

/** The value, or NaN after `patience`; a late value is dropped, and the callback may then be called again. */
function awaited(family: Family, read: ReaderSlot, given: PromiseLike<unknown>): Promise<number> {
  read.pending = true
  return new Promise((resolve) => {
    let answered = false
    const giveUp = (): void => {
      if (!answered)
        resolve(missing(family, `the promise of the collect callback did not settle within ${patience} ms`))
    }
    // If the bot itself was blocked, the value may already be there: the extra turn lets it arrive.
    const late = setTimeout(() => setImmediate(giveUp), patience)
    const end = (value: () => number): void => {
      answered = true
      read.pending = false
      clearTimeout(late)
      resolve(value())
    }
    Promise.resolve(given).then(
      (value) => end(() => numberFrom(family, value)),
      (error) => end(() => missing(family, `the promise of the collect callback was rejected with ${what(error)}`)),
    )
  })
}

function numberFrom(family: Family, value: unknown): number {
  if (isFiniteNumber(value))
    return value < limitOf(family.metric.unit)
      ? value
      : missing(family, `the collect callback returned ${fractionText(value)}`)
  if (value === undefined) return Number.NaN
  return missing(
    family,
    `the collect callback returned ${display(value)}, expected a finite number, or undefined if there is none`,
  )
}

function missing(family: Family, why: string): number {
  family.note('reader-failed', `${why}: its series is left out of the scrape`)
  return Number.NaN
}

const what = (error: unknown): string => display(error instanceof Error ? error.message : error)

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { readonly then?: unknown }).then === 'function'
