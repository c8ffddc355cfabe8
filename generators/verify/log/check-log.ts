import { durationText } from '../../../definitions/language/duration.ts'
import type { Contract } from '../../contract/schema.ts'
import { eventFlaws, isRun, isSeq, mostAhead, withoutEventKey } from './event-flaws.ts'
import type { RawLine } from './lines.ts'
import { readLine } from './read-line.ts'
import { createSequence } from './sequence.ts'
import { lookalikeIn, shownValue } from './shown.ts'
import { readTime } from './time.ts'
import { createViolations, type FileLine, type LogFlaw, type LogViolation, type LogViolations } from './violation.ts'

/** A log, checked against the declared events. */
export interface LogReport {
  readonly bot: string
  readonly files: readonly string[]
  readonly lines: number
  /** How many lines have an event, declared or not. */
  readonly events: number
  readonly declared: number
  /** Declared events that occur. */
  readonly seen: readonly string[]
  /** Declared events that do not. */
  readonly waiting: readonly string[]
  /** Last lines that have no end yet, as `FILE:LINE`: they were not checked. */
  readonly unfinished: readonly string[]
  readonly findings: readonly LogViolation[]
  /** Violations of each code beyond those that are listed one by one. */
  readonly more: ReturnType<LogViolations['more']>
}

/** The check of a log that is read line by line; it needs the same memory for any number of lines. */
export interface LogCheck {
  /** Begins with the first line of a file. */
  readonly open: (file: string) => void
  readonly add: (line: RawLine) => void
  /** What was found in all files. */
  readonly end: () => LogReport
}

interface LogCheckOptions {
  readonly strict: boolean
  /** In milliseconds since 1970. */
  readonly now: () => number
}

/** Milliseconds that a time may be before that of an earlier line: threads and clocks are not exact. */
const mostBack = 5000

/** Runs of a file whose times are remembered. */
const mostRuns = 1000

/** Checks a log against the events of a contract. */
export function createLogCheck(contract: Contract, { strict, now }: LogCheckOptions): LogCheck {
  const declared = { bot: contract.bot, events: new Map(contract.events.map((event) => [event.name, event])) }
  const violations = createViolations(strict)
  const sequence = createSequence()
  const seen = new Set<string>()
  const files: string[] = []
  const unfinished: string[] = []
  /** The latest time of each run in this file. */
  const latest = new Map<string, number>()
  const compare = (a: FileLine, b: FileLine) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line
  let at: FileLine = { file: '', line: 0 }
  let lines = 0
  let events = 0

  const addInOrder = (line: Readonly<Record<string, unknown>>) => {
    const { run, seq, ts } = line
    const id = isRun(run) ? run.slice(0, 100) : ''
    if (id !== '' && isSeq(seq))
      for (const found of sequence.add(id, seq, at)) violations.add(found.flaw, found.at, found.count)
    const time = typeof ts === 'string' ? readTime(ts) : null
    if (typeof time !== 'number' || time > now() + mostAhead) return
    const before = latest.get(id) ?? time
    const isBack = time < before - mostBack
    if (isBack) violations.add(backInTime(before - time, ts), at)
    if (latest.size >= mostRuns) latest.clear()
    // After a step back, times go on from there.
    latest.set(id, isBack ? time : Math.max(time, before))
  }

  return {
    open(file) {
      if (!files.includes(file)) files.push(file)
      at = { file, line: 0 }
      latest.clear()
    },
    add(raw) {
      at = { file: at.file, line: at.line + 1 }
      if (raw.bytes.every(isSpace)) return
      const read = readLine(raw)
      if (read === 'unfinished') {
        unfinished.push(`${at.file}:${at.line}`)
        return
      }
      lines++
      const { fields } = read
      const name = fields?.['event']
      const event = typeof name === 'string' ? (declared.events.get(name)?.name ?? null) : null
      if (event !== null) seen.add(event)
      if (name !== undefined) events++
      for (const flaw of read.flaws) violations.add(flaw, at)
      const secret = lookalikeIn(read.text, fields ?? {})
      if (secret !== null) violations.add(unredacted(secret, event), at)
      if (fields === null) return
      const others = name === undefined ? [withoutEventKey(fields)] : eventFlaws(fields, declared, now())
      for (const flaw of others) if (!(read.hasNaN && isAboutNaN(flaw, fields))) violations.add(flaw, at)
      addInOrder(fields)
    },
    end() {
      const gaps = sequence.end().toSorted((a, b) => compare(a.at, b.at))
      for (const found of gaps) violations.add(found.flaw, found.at, found.count)
      const names = contract.events.map(({ name }) => name)
      return {
        bot: contract.bot,
        files,
        lines,
        events,
        declared: names.length,
        seen: names.filter((name) => seen.has(name)),
        waiting: names.filter((name) => !seen.has(name)),
        unfinished,
        findings: violations.all().sort(compare),
        more: violations.more(),
      }
    },
  }
}

const isSpace = (byte: number) => byte === 0x20 || byte === 0x09 || byte === 0x0d

const isAboutNaN = ({ code, of }: LogFlaw, fields: Readonly<Record<string, unknown>>) =>
  code === 'type' && typeof fields[of] === 'number' && !Number.isFinite(fields[of])

const unredacted = ({ field, shown }: NonNullable<ReturnType<typeof lookalikeIn>>, event: string | null): LogFlaw => ({
  code: 'secret',
  event,
  of: field,
  given: shown,
  expected: 'no secret',
  fix: 'revoke it, since whoever reads the log has it, and log through the runtime, which redacts it',
})

const backInTime = (by: number, ts: unknown): LogFlaw => ({
  code: 'time',
  event: null,
  of: 'back',
  given: `ts: ${shownValue('ts', ts)}, ${durationText(Math.round(by / 1000) * 1000)} before an earlier line`,
  expected: 'times that do not go back',
  fix: 'slew the clock of that machine instead of stepping it',
})
