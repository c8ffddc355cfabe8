import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startPrometheus } from '../../demo/servers/start.ts'
import type { Tool } from '../../demo/servers/tool.ts'
import type { LabelSet } from './firing.ts'
import { type Samples, writeHeaders, writeRequest } from './remote-write.ts'

/** A time range with both ends, in seconds. */
export interface TimeRange {
  readonly from: number
  readonly to: number
  readonly step: number
}

/** What an expression yields at each step. */
export interface RangeSeries {
  readonly labels: LabelSet
  readonly values: readonly (readonly [at: number, value: number])[]
}

/** A Prometheus that scrapes nothing: it stores what it is given, at any time, and evaluates queries over it. */
export interface History {
  readonly write: (series: readonly Samples[]) => Promise<void>
  readonly range: (query: string, range: TimeRange) => Promise<readonly RangeSeries[]>
  readonly end: () => Promise<void>
}

/** How long a scenario may last: what is older than its end by this is deleted. */
const keeps = '60d'

/** Starts Prometheus with its data in a folder. */
export async function startHistory(tool: Tool, folder: string): Promise<History> {
  const configFile = join(folder, 'history.yml')
  // it reads windows again and again: to collect garbage less often saves a fifth of its time
  writeFileSync(configFile, 'runtime:\n  gogc: 400\n')
  const server = await startPrometheus({
    tool,
    configFile,
    dataDir: join(folder, 'history'),
    args: ['--web.enable-remote-write-receiver', `--storage.tsdb.retention.time=${keeps}`],
  })
  const post = async (path: string, body: Buffer<ArrayBuffer> | URLSearchParams, headers = {}) => {
    const response = await fetch(`${server.url}/api/v1/${path}`, { method: 'POST', body, headers })
    if (!response.ok) throw new Error(`Prometheus answers ${path} with ${response.status}: ${await response.text()}`)
    return response
  }
  return Object.freeze({
    write: async (series: readonly Samples[]) => {
      if (series.length > 0) await post('write', writeRequest(series), writeHeaders)
    },
    range: async (query: string, { from, to, step }: TimeRange) => {
      const body = new URLSearchParams({ query, start: `${from}`, end: `${to}`, step: `${step}` })
      const { data } = (await (await post('query_range', body)).json()) as Matrix
      return data.result.map(({ metric, values }) => ({
        labels: metric,
        values: values.map(([at, value]) => [at, Number(value.replace('Inf', 'Infinity'))] as const),
      }))
    },
    end: server.stop,
  })
}

interface Matrix {
  readonly data: {
    readonly result: readonly { readonly metric: LabelSet; readonly values: readonly (readonly [number, string])[] }[]
  }
}
