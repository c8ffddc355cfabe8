import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { startPrometheus } from '../../demo/servers/start.ts'
import { needs } from '../servers/skipped.ts'

/** A real Prometheus that scrapes nothing. */
export interface QueryServer {
  /** Its own tree of an expression without parentheses, or the error message with which it rejects it. */
  readonly parse: (text: string) => Promise<unknown>
  /** The series that an expression yields at a time (in seconds since 1970); a scalar is one without labels. */
  readonly query: (text: string, at: number) => Promise<readonly EvaluatedSample[]>
}
export interface EvaluatedSample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** Starts a Prometheus for one test, with past samples if given (OpenMetrics with timestamps); undefined if it is not installed. */
export async function prometheusWith(t: TestContext, openMetrics?: string): Promise<QueryServer | undefined> {
  const tools = await needs(t, 'prometheus', 'promtool')
  if (!tools) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-promql-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const configFile = join(folder, 'prometheus.yml')
  const dataDir = join(folder, 'data')
  writeFileSync(configFile, '{}\n')
  if (openMetrics !== undefined) {
    const samples = join(folder, 'samples.txt')
    writeFileSync(samples, openMetrics)
    const args = [...tools.promtool.args, 'tsdb', 'create-blocks-from', 'openmetrics', samples, dataDir]
    execFileSync(tools.promtool.path, args, { cwd: tools.promtool.cwd, stdio: 'pipe' })
  }
  const server = await startPrometheus({ tool: tools.prometheus, configFile, dataDir })
  t.after(() => server.stop())
  return {
    parse: async (text) => {
      const answer = await ask(`${server.url}/api/v1/parse_query`, { query: text })
      return answer.status === 'success' ? withoutParentheses(answer.data) : answer.error
    },
    query: async (text, at) => {
      const answer = await ask(`${server.url}/api/v1/query`, { query: text, time: String(at) })
      if (answer.status !== 'success') throw new Error(`${text}\n  ${answer.error}`)
      const { resultType, result } = answer.data as { resultType: string; result: unknown }
      if (resultType === 'scalar') return [{ labels: {}, value: Number((result as [number, string])[1]) }]
      return (result as { metric: Record<string, string>; value: [number, string] }[]).map(({ metric, value }) => ({
        labels: metric,
        value: Number(value[1]),
      }))
    },
  }
}

async function ask(url: string, parameters: Record<string, string>) {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(parameters) })
  return (await response.json()) as { status: string; data?: unknown; error?: string }
}

function withoutParentheses(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(withoutParentheses)
  if (typeof tree !== 'object' || tree === null) return tree
  if ('type' in tree && tree.type === 'parenExpr' && 'expr' in tree) return withoutParentheses(tree.expr)
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, withoutParentheses(value)]))
}
