/** A bot that keeps its opening equity in FILE; each line of its input sets the clock and the equity, and it prints what it knows. */
import { createInterface } from 'node:readline'
import { createDay, createOpeningValue } from '../../../runtime/day/index.ts'
import type { Day } from '../../../runtime/metrics.ts'

const { FILE = '', STARTS_AT = '00:00', ZONE = 'UTC' } = process.env
let [ms, equity, failures] = [Number.NaN, 0, 0]
const opening = createOpeningValue(createDay({ startsAt: STARTS_AT, timeZone: ZONE } as Day), () => equity, {
  file: FILE,
  now: () => ms,
  errors: { inc: () => failures++ },
  log: (message) => console.log(message.replaceAll(FILE, 'FILE')),
})

for await (const line of createInterface({ input: process.stdin })) {
  const [time, value] = line.split(' ') as [string, string]
  ms = Date.parse(time)
  equity = Number(value)
  console.log(`${time} opening ${opening.value()}, change ${opening.change()}, failures ${failures}`)
}
await opening.end()
