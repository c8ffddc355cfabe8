import { shownText } from './shown.ts'
import type { FileLine, LogFlaw } from './violation.ts'

/** Sequence numbers without a gap. */
interface Range {
  from: number
  to: number
  /** The line with the first of them. */
  at: FileLine
}

interface Run {
  /** In ascending order, never adjacent. */
  readonly ranges: Range[]
  /** Up to here, numbers are forgotten. */
  floor: number
}

/** A flaw of the numbers of a run; of a gap, at the line after it, with the number of lines that are missing. */
interface SequenceFlaw {
  readonly flaw: LogFlaw
  readonly at: FileLine
  readonly count: number
}

/** Checks the numbers of the lines of each run, in whatever order the files are read. */
interface Sequence {
  readonly add: (run: string, seq: number, at: FileLine) => readonly SequenceFlaw[]
  /** The gaps that are left at the end. */
  readonly end: () => readonly SequenceFlaw[]
}

// More runs or gaps than these are not remembered, so that memory stays constant.
const mostRuns = 1000
const mostRanges = 1000

export function createSequence(): Sequence {
  const runs = new Map<string, Run>()
  return {
    add(run, seq, at) {
      let of = runs.get(run)
      const found: SequenceFlaw[] = []
      if (of === undefined) {
        of = { ranges: [], floor: 0 }
        runs.set(run, of)
        const [oldest] = runs.keys()
        if (runs.size > mostRuns && oldest !== undefined) {
          found.push(...gapsOf(oldest, runs.get(oldest) as Run))
          runs.delete(oldest)
        }
      }
      if (seq <= of.floor) return found
      if (!insert(of.ranges, seq, at)) found.push(duplicate(run, seq, at))
      const [lowest, next] = of.ranges
      if (of.ranges.length > mostRanges && lowest !== undefined && next !== undefined) {
        found.push(gap(run, lowest, next))
        of.ranges.shift()
        of.floor = next.from - 1
      }
      return found
    },
    end: () => [...runs].flatMap(([run, of]) => gapsOf(run, of)),
  }
}

/** Whether the number is new. */
function insert(ranges: Range[], seq: number, at: FileLine): boolean {
  // Nearly always the last one.
  const index = ranges.findLastIndex(({ from }) => from <= seq)
  const [before, after] = [ranges[index], ranges[index + 1]]
  if (before !== undefined && seq <= before.to) return false
  const joinsBefore = before !== undefined && before.to === seq - 1
  const joinsAfter = after !== undefined && after.from === seq + 1
  if (joinsBefore && joinsAfter) {
    before.to = after.to
    ranges.splice(index + 1, 1)
  } else if (joinsBefore) before.to = seq
  else if (joinsAfter) {
    after.from = seq
    after.at = at
  } else ranges.splice(index + 1, 0, { from: seq, to: seq, at })
  return true
}

const gapsOf = (run: string, { ranges }: Run): readonly SequenceFlaw[] =>
  ranges.slice(1).map((range, i) => gap(run, ranges[i] as Range, range))

const gap = (run: string, before: Range, after: Range): SequenceFlaw => ({
  at: after.at,
  count: after.from - before.to - 1,
  flaw: {
    code: 'gap',
    event: null,
    of: '',
    given: `seq ${after.from} after ${before.to} in run ${shownText(run)}`,
    expected: `seq ${before.to + 1}`,
    fix: 'give all files of the run; if these are all, lines were lost: was the disk full?',
  },
})

const duplicate = (run: string, seq: number, at: FileLine): SequenceFlaw => ({
  at,
  count: 1,
  flaw: {
    code: 'duplicate',
    event: null,
    of: '',
    given: `seq ${seq} of run ${shownText(run)} again`,
    expected: 'each seq once',
    fix: 'give each file once, and let one process write a run: its lines count once',
  },
})
