import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { createDay, createOpeningValue, type OpeningValueOptions } from '../../../runtime/day/index.ts'
import { temporaryFolder } from '../../fixtures/on-disk.ts'

/** An opening value whose clock and equity the test sets; `kept` is the state file, `said` the log, `failures` the counter. */
export function setUp(
  t: TestContext,
  given: OpeningValueOptions = {},
  file = join(temporaryFolder(t), 'opening.json'),
) {
  let [ms, equity, failures]: [number, unknown, number] = [0, 0, 0]
  const said: string[] = []
  const opening = createOpeningValue(
    createDay(),
    () => {
      if (equity instanceof Error) throw equity
      return equity as number
    },
    {
      file,
      now: () => ms,
      errors: { inc: () => failures++ },
      log: (message) => said.push(message.replaceAll(file, 'FILE')),
      ...given,
    },
  )
  t.after(opening.end)
  return {
    ...opening,
    file,
    said,
    failures: () => failures,
    /** Today's opening value and change at a time, with this equity. */
    at: (time: string, value: unknown) => {
      ms = Date.parse(`2026-${time}Z`)
      equity = value
      return [opening.value(), opening.change()]
    },
    kept: () => JSON.parse(readFileSync(file, 'utf8')),
  }
}

/** The same for an account with transfers. */
export function setUpTransfers(t: TestContext, file?: string) {
  let sum = 0
  const one = setUp(t, { transferred: () => sum }, file)
  return {
    ...one,
    /** Today's change in money and as a share at a time, with this equity, after what was deposited in all. */
    after: (time: string, value: number, deposited: number) => {
      sum = deposited
      return [one.at(time, value)[1], one.relativeChange()]
    },
  }
}
