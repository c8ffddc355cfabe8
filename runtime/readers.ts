import { isNumber } from './numbers.ts'
import type { Family, Read } from './shapes.ts'
import { shown } from './shown.ts'

/** Milliseconds that a scrape waits for readers that answer later, all of them together. */
const patience = 1000
/** Milliseconds that a reader may hold the bot up: a busy machine alone makes one of a few milliseconds take hundreds. */
const longestHold = 1000
/** A reader that was late so many times one after the other rests for ten times as long. */
const mostLate = 3
const restsFor = 10

/** An answer that is still to come; it ends in time, whatever the reader does, and never rejects. */
export interface Coming {
  readonly family: Family
  readonly read: Read
  /** NaN where there is none. */
  readonly value: Promise<number>
}

/** Waits for all that is still to come, and puts it into cells that are laid out as those of the families are. */
export async function arrive(coming: readonly Coming[], pageOf: (read: Read) => Float64Array | null): Promise<void> {
  await Promise.all(
    coming.map(async ({ family, read, value }) => {
      const given = await value
      const page = pageOf(read)
      if (page !== null) page[read.at] = given
      // Its own cell is empty again while the next answer is awaited.
      if (!Number.isNaN(given)) family.written.add((read.at - read.block.run.at) / family.kind.width)
    }),
  )
}

/** Puts what a family's readers say into its cells; the series of one that fails is absent. What is still to come is handed out. */
export function askAll(family: Family): readonly Coming[] {
  family.fill()
  const coming: Coming[] = []
  for (const read of [...family.readers.values()]) {
    const value = ask(family, read)
    if (read.block.alive) read.block.run.page[read.at] = typeof value === 'number' ? value : Number.NaN
    if (typeof value !== 'number') coming.push({ family, read, value })
  }
  return coming
}

function ask(family: Family, read: Read): number | Promise<number> {
  const before = family.now()
  if (read.pending) return missing(family, `the reader has not answered for more than ${patience} ms`)
  if (before < read.restsUntil) return missing(family, 'the reader held the bot up, and is given a rest')
  let given: unknown
  try {
    given = read.read()
    if (isPromise(given)) return awaited(family, read, given)
  } catch (error) {
    return missing(family, `the reader threw ${what(error)}`)
  } finally {
    noteHold(family, read, before, family.now() - before)
  }
  return numberFrom(family, given)
}

/** What it said stands: nothing can stop code that blocks, it can only be told and asked less often. */
function noteHold(family: Family, read: Read, before: number, took: number): void {
  if (took <= longestHold) {
    read.late = 0
    return
  }
  read.late += 1
  if (read.late >= mostLate) read.restsUntil = before + took * restsFor
  family.note(
    'reader-failed',
    `the reader held the bot up for ${Math.round(took)} ms: after ${mostLate} times in a row it rests for ten times as long`,
  )
}

/** The answer, or NaN once the patience is over; a late one is dropped, and the reader may be asked again. */
function awaited(family: Family, read: Read, given: PromiseLike<unknown>): Promise<number> {
  read.pending = true
  return new Promise((resolve) => {
    let answered = false
    const giveUp = (): void => {
      if (!answered) resolve(missing(family, `the reader has not answered within ${patience} ms`))
    }
    // Where the bot itself was held up, the answer may lie there unread: it is read first.
    const late = setTimeout(() => setImmediate(giveUp), patience)
    const end = (value: () => number): void => {
      answered = true
      read.pending = false
      clearTimeout(late)
      resolve(value())
    }
    Promise.resolve(given).then(
      (value) => end(() => numberFrom(family, value)),
      (error) => end(() => missing(family, `the reader was refused with ${what(error)}`)),
    )
  })
}

function numberFrom(family: Family, value: unknown): number {
  if (isNumber(value)) return value
  if (value === undefined) return Number.NaN
  return missing(
    family,
    `the reader returned ${shown(value)}, expected a finite number, or undefined while there is none`,
  )
}

function missing(family: Family, why: string): number {
  family.note('reader-failed', `${why}: its series is left out until it answers`)
  return Number.NaN
}

const what = (error: unknown): string => shown(error instanceof Error ? error.message : error)

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { readonly then?: unknown }).then === 'function'
