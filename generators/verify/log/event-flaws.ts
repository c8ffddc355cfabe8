import { nearest } from '../../text/nearest.ts'
import { listOrNone } from '../violation.ts'
import { type ContractEvent, fieldFlaws } from './fields.ts'
import { shownName, shownText, shownValue } from './shown.ts'
import { readTime } from './time.ts'
import type { LogFlaw } from './violation.ts'

type Line = Readonly<Record<string, unknown>>

/** What the lines of a bot's log are compared with. */
interface LogContract {
  readonly bot: string
  readonly events: ReadonlyMap<string, ContractEvent>
}

/** What the runtime writes if the code of the bot that updates a metric throws. */
const updateFailed = 'metric_update_failed'

/** Milliseconds that the clock of the bot may be ahead of the one here. */
export const mostAhead = 60_000

/** Everything wrong with a line that has an event, apart from its place among the others. */
export function eventFlaws(line: Line, { bot, events }: LogContract, now: number): readonly LogFlaw[] {
  const { event: name } = line
  const event = typeof name === 'string' ? events.get(name) : undefined
  const known = event?.name ?? null
  return [
    ...(event === undefined ? [withoutEvent(line, events)] : []),
    ...(event === undefined ? [] : levelFlaws(event, line)),
    ...timeFlaws(line, now),
    ...(line['bot'] === bot ? [] : [ofOtherBot(line, bot)]),
    ...(event === undefined ? [] : fieldFlaws(event, line)),
    ...faultFlaws(line, known),
    ...runFlaws(line, known),
  ]
}

function withoutEvent(line: Line, events: LogContract['events']): LogFlaw {
  const { event: name, of } = line
  const base = { event: null, of: typeof name === 'string' ? name.slice(0, 100) : '' }
  if (name === updateFailed)
    return {
      ...base,
      code: 'update',
      of: typeof of === 'string' ? of.slice(0, 100) : '',
      given: `${updateFailed} of ${typeof of === 'string' ? shownName(of) : shownValue('of', of)}: ${shownValue('error', line['error'])}`,
      expected: 'every update to succeed',
      fix: 'fix the update of this event: its lines are in the log, but its metrics do not count them',
    }
  const question = typeof name === 'string' ? nearest(name, events.keys()) : ''
  return {
    ...base,
    code: 'event',
    given: typeof name === 'string' ? shownName(name) : `event: ${shownValue('event', name)}`,
    expected: question === '' ? listOrNone([...events.keys()], 12) : 'a declared event',
    fix: question === '' ? 'declare the event, or log it without the key event' : question,
  }
}

function levelFlaws({ name, level }: ContractEvent, line: Line): readonly LogFlaw[] {
  if (line['level'] === level) return []
  return [
    {
      code: 'level',
      event: name,
      of: '',
      given: 'level' in line ? `level: ${shownValue('level', line['level'])}` : 'no level',
      expected: level,
      fix: `log it at level ${level}, as declared: panels and alerts select lines by level`,
    },
  ]
}

function timeFlaws({ ts }: Line, now: number): readonly LogFlaw[] {
  const flaw = (of: string, given: string, expected: string, fix: string): readonly LogFlaw[] => [
    { code: 'time', event: null, of, given, expected, fix },
  ]
  const iso = 'ISO 8601 with a zone, such as 2026-11-30T09:00:00.000Z'
  const instead = 'the collector uses the time at which it reads the line instead'
  if (ts === undefined) return flaw('missing', 'no ts', `ts: ${iso}`, `write the time: ${instead}`)
  const given = `ts: ${shownValue('ts', ts)}`
  if (typeof ts === 'number') return flaw('number', given, iso, 'write the time as text, as the runtime does')
  const time = typeof ts === 'string' ? readTime(ts) : 'not ISO 8601'
  if (time === 'not ISO 8601') return flaw('form', given, iso, `write it as ISO 8601: ${instead}`)
  if (time === 'no zone')
    return flaw(
      'zone',
      given,
      iso,
      'write UTC and Z: without a zone, the collector reads it as the local time of its own machine',
    )
  if (time > now + mostAhead)
    return flaw(
      'future',
      given,
      'not later than now',
      'set the clock of that machine: VictoriaLogs refuses lines from more than two days ahead',
    )
  return []
}

const ofOtherBot = ({ bot: given }: Line, bot: string): LogFlaw => ({
  code: 'bot',
  event: null,
  of: typeof given === 'string' ? given.slice(0, 100) : '',
  given: given === undefined ? 'no bot' : `bot: ${shownValue('bot', given)}`,
  expected: bot,
  fix: 'if it is the log of another bot, choose its contract; otherwise log under the name of the definitions',
})

function faultFlaws({ faults }: Line, event: string | null): readonly LogFlaw[] {
  if (faults === undefined) return []
  const [first = faults] = Array.isArray(faults) ? (faults as readonly unknown[]) : []
  return [
    {
      code: 'faults',
      event,
      of: '',
      given: shownValue('faults', first),
      expected: 'no faults',
      fix: 'fix the call: the runtime wrote the line although its fields are wrong; in mode strict it throws there',
    },
  ]
}

function runFlaws(line: Line, event: string | null): readonly LogFlaw[] {
  const { run, seq } = line
  if (run === undefined && seq === undefined)
    return [
      {
        code: 'no-run',
        event: null,
        of: '',
        given: 'no run and no seq',
        expected: 'both',
        fix: 'let the runtime write them: figures count each pair of run and seq once, so this line counts in none, or hides others in an average',
      },
    ]
  const wrong = (name: 'run' | 'seq', expected: string): LogFlaw => {
    const isMissing = line[name] === undefined
    return {
      code: isMissing ? 'missing' : 'type',
      event,
      of: name,
      given: isMissing ? `no ${name}` : `${name}: ${shownValue(name, line[name])}`,
      expected: `${name}: ${expected}`,
      fix: 'let the runtime write it: figures count each pair of run and seq once',
    }
  }
  return [
    ...(isRun(run) ? [] : [wrong('run', 'a string')]),
    ...(isSeq(seq) ? [] : [wrong('seq', 'a whole number from 1')]),
  ]
}

/** Whether a value is the id of a run. */
export const isRun = (value: unknown): value is string => typeof value === 'string' && value !== ''
/** Whether a value is the number of a line within its run. */
export const isSeq = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1

/** A line that a library wrote through the bot's logger, or the bot itself as free text. */
export const withoutEventKey = (line: Line): LogFlaw => ({
  code: 'no-event',
  event: null,
  of: '',
  given: `msg: ${shownText(typeof line['msg'] === 'string' ? line['msg'] : '')}`,
  expected: 'an event',
  fix: 'nothing, if a library writes it: it can be searched, but no panel or alert reads it',
})
