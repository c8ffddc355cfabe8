import { arbot } from '../../../definitions/arbot/index.ts'
import { containerTopology } from '../../../generators/model/topology.ts'
import { contractOf } from '../../../generators/outputs/contract/contract.ts'
import { resolve } from '../../../generators/resolve/resolve.ts'
import { compare, type VerifyReport } from '../../../generators/verify/compare.ts'
import { createLogCheck, type LogReport } from '../../../generators/verify/log/check-log.ts'
import { rawLines } from '../../../generators/verify/log/lines.ts'
import { readExposition } from '../../../generators/verify/read.ts'

/** The contract of ArBot, as `botwatch verify` reads it. */
const contract = contractOf(resolve(arbot, containerTopology).model)

/** What `botwatch verify --strict` finds in an exposition in text. */
export function arbotMetricsReport(text: string): VerifyReport {
  const read = readExposition(text, 'text')
  if ('wrong' in read) throw new Error(`line ${read.line}: ${read.wrong}`)
  return compare(contract, read, true)
}

/** What `botwatch verify --log --strict` finds in the text of a log. */
export async function arbotLogReport(text: string, now = Date.now()): Promise<LogReport> {
  const check = createLogCheck(contract, { strict: true, now: () => now })
  check.open('log')
  for await (const lines of rawLines(bytesOf(text))) for (const line of lines) check.add(line)
  return check.end()
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
