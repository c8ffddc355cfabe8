import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { promisify } from 'node:util'
import { startPrometheus } from '../../demo/servers/start.ts'
import { needs } from '../servers/skipped.ts'
import type { QueryResult } from './compare.ts'

/** Evaluates an expression at a moment; null if the evaluation fails, as a many-to-many match does. */
export type Evaluate = ((text: string, at: number) => Promise<QueryResult | null>) & {
  /** Why expressions could not be evaluated. */
  readonly refused: Map<string, string>
}

/** A Prometheus that scrapes nothing and contains these samples; undefined if it is not installed. */
export async function prometheusOf(t: TestContext, openMetrics: string): Promise<Evaluate | undefined> {
  const tools = await needs(t, 'prometheus', 'promtool')
  if (!tools) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-meaning-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const [configFile, dataDir, samples] = [
    join(folder, 'prometheus.yml'),
    join(folder, 'data'),
    join(folder, 'samples.txt'),
  ]
  writeFileSync(configFile, '{}\n')
  writeFileSync(samples, `${openMetrics}# EOF\n`)
  const args = [...tools.promtool.args, 'tsdb', 'create-blocks-from', 'openmetrics', samples, dataDir]
  await promisify(execFile)(tools.promtool.path, args, { cwd: tools.promtool.cwd })
  // the blocks are older than the usual retention
  const server = await startPrometheus({
    tool: tools.prometheus,
    configFile,
    dataDir,
    args: ['--storage.tsdb.retention.time=100y'],
  })
  const agent = new Agent({ keepAlive: true, maxSockets: 4 })
  t.after(async () => {
    agent.destroy()
    await server.stop()
  })
  const refused = new Map<string, string>()
  const evaluate = async (text: string, at: number): Promise<QueryResult | null> => {
    const body = new URLSearchParams({ query: text, time: String(at) }).toString()
    const answer = JSON.parse(await post(`${server.url}/api/v1/query`, body, agent)) as {
      readonly status: string
      readonly error?: string
      readonly data: { readonly resultType: 'scalar' | 'vector'; readonly result: unknown }
    }
    if (answer.status !== 'success') {
      if (/parse error/.test(answer.error ?? '')) throw new Error(`${text}: ${answer.error}`)
      refused.set(text, answer.error ?? '')
      return null
    }
    const { resultType, result } = answer.data
    if (resultType === 'scalar')
      return { type: 'scalar', samples: [{ labels: {}, value: numberOf((result as [number, string])[1]) }] }
    const series = result as {
      readonly metric: Readonly<Record<string, string>>
      readonly value: readonly [number, string]
    }[]
    return {
      type: 'vector',
      samples: series.map(({ metric, value }) => ({ labels: metric, value: numberOf(value[1]) })),
    }
  }
  return Object.assign(evaluate, { refused })
}

const numberOf = (text: string): number => Number(text.replace('Inf', 'Infinity'))

function post(url: string, body: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }
    const asked = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = ''
      response
        .setEncoding('utf8')
        .on('data', (chunk: string) => {
          text += chunk
        })
        .on('end', () => resolve(text))
    })
    asked.on('error', reject)
    asked.end(body)
  })
}
