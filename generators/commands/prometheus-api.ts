import { z } from 'zod'
import type { Wrong } from './docker-compose.ts'

/** A target that Prometheus scrapes. */
export interface ActiveTarget {
  readonly job: string
  readonly url: string
  readonly labels: Readonly<Record<string, string>>
  readonly isUp: boolean
  /** Why the last scrape failed; empty if it did not. */
  readonly error: string
  /** Seconds since 1970 of the last scrape; negative before the first. */
  readonly scrapedAt: number
}

const targets = z.object({
  data: z.object({
    activeTargets: z.array(
      z.object({
        scrapePool: z.string(),
        scrapeUrl: z.string(),
        labels: z.record(z.string(), z.string()),
        health: z.string(),
        lastError: z.string().default(''),
        lastScrape: z.string().default(''),
      }),
    ),
  }),
})

const instant = z.object({
  data: z.object({
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
})

/** All targets of a Prometheus server. */
export async function activeTargets(prometheus: string): Promise<readonly ActiveTarget[] | Wrong> {
  const answer = await asked(prometheus, '/api/v1/targets?state=active', targets)
  if ('wrong' in answer) return answer
  return answer.data.activeTargets.map((one) => ({
    job: one.scrapePool,
    url: one.scrapeUrl,
    labels: one.labels,
    isUp: one.health === 'up',
    error: one.lastError,
    scrapedAt: Date.parse(one.lastScrape) / 1000,
  }))
}

/** The labels of every series that an expression yields now. */
export async function labelSetsOf(
  prometheus: string,
  expression: string,
): Promise<readonly Readonly<Record<string, string>>[] | Wrong> {
  const answer = await asked(prometheus, `/api/v1/query?query=${encodeURIComponent(expression)}`, instant)
  return 'wrong' in answer ? answer : answer.data.result.map(({ metric }) => metric)
}

/** What time it is for a Prometheus server, in seconds since 1970. */
export async function timeOf(prometheus: string): Promise<number | Wrong> {
  const answer = await asked(prometheus, `/api/v1/query?query=${encodeURIComponent('vector(time())')}`, instant)
  return 'wrong' in answer ? answer : Number(answer.data.result[0]?.value[1])
}

async function asked<T>(prometheus: string, path: string, shape: z.ZodType<T>): Promise<T | Wrong> {
  try {
    const response = await fetch(`${prometheus}${path}`, { signal: AbortSignal.timeout(10_000) })
    const read = shape.safeParse(await response.json())
    return read.success
      ? read.data
      : { wrong: `the server at ${prometheus} is not Prometheus: its answer to ${path} has another form.` }
  } catch {
    return { wrong: `Prometheus does not answer at ${prometheus}.` }
  }
}
