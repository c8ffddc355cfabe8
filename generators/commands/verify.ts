import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { milliseconds } from '../../definitions/language/duration.ts'
import type { Contract } from '../contract/schema.ts'
import { compare, fits, type Report } from '../verify/compare.ts'
import { listed } from '../verify/finding.ts'
import { table } from '../verify/table.ts'
import { merged, unseen } from '../verify/watch.ts'
import type { Choices } from './choices.ts'
import { authorizationFrom } from './verify/authorization.ts'
import { contractIn, contractOfBot } from './verify/contract.ts'
import { readSource, type SourceOptions, shownTarget } from './verify/source.ts'

const schema = z.object({
  target: z.string({ error: 'verify what? Name a URL such as http://127.0.0.1:8000/metrics, or a file' }).min(1),
  contract: z.string().min(1, 'a path may not be empty').optional(),
  format: z.enum(['text', 'openmetrics'], { error: 'expected text or openmetrics' }).optional(),
  strict: z.boolean().default(false),
  'token-file': z.string().min(1, 'a path may not be empty').optional(),
  'login-file': z.string().min(1, 'a path may not be empty').optional(),
  json: z.boolean().default(false),
  watch: z.boolean().default(false),
  within: z
    .string()
    .default('5m')
    .refine((text) => (milliseconds(text) ?? 0) > 0, 'expected a duration such as 30s or 5m')
    .transform((text) => milliseconds(text) as number),
})

/** What `verify` was given. */
type Given = Readonly<z.infer<typeof schema>>

/** Milliseconds between two scrapes of --watch. */
const pause = 1000

/**
 * `botwatch verify`: holds what a process exposes against its contract. 0 where it fits, 1 where it does not, 2 where
 * nothing could be compared.
 */
export async function verify(choices: Choices, options: object): Promise<number> {
  const read = schema.safeParse(options)
  if (!read.success)
    return refuse(
      read.error.issues
        .map(({ path, message }) => (path[0] === 'target' ? message : `--${path.join('.')}: ${message}`))
        .join('; '),
    )
  const given = read.data
  if (given.contract !== undefined && choices.bot !== undefined)
    return refuse('--bot and --contract both name a contract: give one of them')
  if (!given.watch && 'within' in options && options.within !== undefined)
    return refuse('--within is how long --watch lasts: give both')
  const contract =
    given.contract === undefined
      ? await contractOfBot(choices.definitions, choices.bot)
      : await contractIn(given.contract)
  if ('wrong' in contract) return refuse(contract.wrong)
  const authorization = await authorizationFrom({
    tokenFile: given['token-file'],
    loginFile: given['login-file'],
    env: process.env,
  })
  if (authorization !== null && typeof authorization !== 'string') return refuse(authorization.wrong)
  const source = { format: given.format, authorization }
  return given.watch ? watch(contract, given, source) : once(contract, given, source)
}

async function once(contract: Contract, given: Given, source: SourceOptions): Promise<number> {
  const read = await readSource(given.target, source)
  if ('wrong' in read) return refuse(read.wrong)
  const report = compare(contract, read, given.strict)
  print(report, given)
  return fits(report) ? 0 : 1
}

/** Reads again and again until everything was seen, the time is over, or Ctrl-C. */
async function watch(contract: Contract, given: Given, source: SourceOptions): Promise<number> {
  const stop = new AbortController()
  const end = () => stop.abort()
  process.once('SIGINT', end)
  const timer = setTimeout(end, given.within)
  const { signal } = stop
  let report: Report | null = null
  let wrong: string | null = null
  let told = -1
  while (!signal.aborted) {
    const read = await readSource(given.target, { ...source, signal })
    if ('wrong' in read) wrong = signal.aborted ? wrong : read.wrong
    else {
      wrong = null
      report = merged(report, compare(contract, read, given.strict))
      const left = unseen(report)
      if (left.length === 0) break
      if (left.length !== told)
        process.stderr.write(`${report.seen.length} of ${report.declared} seen; waiting for ${listed(left, 5)}\n`)
      told = left.length
    }
    await sleep(pause, undefined, { signal }).catch(() => {})
  }
  clearTimeout(timer)
  process.removeListener('SIGINT', end)
  if (report === null) return refuse(wrong ?? `${shownTarget(given.target)}: nothing was read before the time was over`)
  print(report, given)
  if (wrong !== null) return refuse(`${wrong} (it answered before)`)
  const left = unseen(report)
  if (left.length > 0) process.stderr.write(`verify: not one series was seen of ${listed(left, 20)}\n`)
  return fits(report) && left.length === 0 ? 0 : 1
}

function print(report: Report, given: Given): void {
  const where = shownTarget(given.target)
  const text = given.json
    ? `${JSON.stringify({ where, fits: fits(report), ...report, unseen: unseen(report) }, null, 2)}\n`
    : table(report, where)
  process.stdout.write(text)
}

function refuse(why: string): number {
  process.stderr.write(`verify: ${why}\n`)
  return 2
}
