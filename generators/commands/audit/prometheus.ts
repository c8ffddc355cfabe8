import { milliseconds } from '../../../definitions/language/duration.ts'
import type { Evidence } from '../../audit/evidence.ts'
import { fromPrometheus } from '../../audit/from-prometheus.ts'
import { asMilliseconds } from '../../audit/milliseconds.ts'

type Wrong = { readonly wrong: string }

/** What is requested from a source that can be queried. */
export interface PrometheusQuestion {
  /** The names that rules and dashboards use. */
  readonly names: readonly string[]
  readonly jobs: readonly string[]
  /** How far back a server is queried, such as `1d`. */
  readonly window: string
  /** The Authorization header for requests to URLs; a login in the URL takes precedence. */
  readonly authorization?: string | null
}

/** The largest response, in bytes. */
const most = 256 * 2 ** 20
/** Milliseconds that a response may take. */
const patience = 60_000
/** Names per request. */
const batch = 50

/** Whether a Prometheus, or a server with its API, answers at a URL; a path that ends in `/metrics` is an exposition. */
export async function isPrometheus(
  target: string,
  { authorization }: Pick<PrometheusQuestion, 'authorization'>,
): Promise<boolean> {
  const ask = asker(target, authorization ?? null)
  if (!URL.canParse(target) || /\/metrics\/?$/.test(new URL(target).pathname)) return false
  const answer = await ask('status/buildinfo', {}, 10_000)
  if (!('wrong' in answer)) return true
  return !('wrong' in (await ask('query', { query: 'vector(1)' }, 10_000)))
}

/** What a Prometheus server has for the last window: names, types, the series of the names in use, gauges that moved, and those in milliseconds. */
export async function readPrometheus(
  target: string,
  shown: string,
  asked: PrometheusQuestion,
): Promise<Evidence | Wrong> {
  const { jobs, window, authorization } = asked
  const ask = asker(target, authorization ?? null)
  const end = Date.now() / 1000
  const range = { start: `${end - (milliseconds(window) ?? 0) / 1000}`, end: `${end}` }
  const ofJobs = jobs.length === 0 ? '' : `job=~${JSON.stringify(jobs.map(escaped).join('|'))}`
  const all = await ask('label/__name__/values', range)
  const own = jobs.length === 0 ? all : await ask('label/__name__/values', { ...range, 'match[]': `{${ofJobs}}` })
  const metadata = await ask('metadata', {})
  for (const one of [all, own, metadata]) if ('wrong' in one) return { wrong: `${shown}: ${one.wrong}` }
  const names = textsIn(own)
  const types = typesIn(metadata)
  const wanted = asked.names.filter((name) => names.includes(name))
  const series: Record<string, string>[] = []
  for (const some of inBatches(wanted)) {
    const matches = some.map((name) => `{__name__=${JSON.stringify(name)}${ofJobs === '' ? '' : `, ${ofJobs}`}}`)
    const answer = await ask('series', { ...range, 'match[]': matches })
    if ('wrong' in answer) return { wrong: `${shown}: ${answer.wrong}` }
    if (Array.isArray(answer.data)) series.push(...(answer.data as Record<string, string>[]))
  }
  const gauges = wanted.filter((name) => types.get(name) === 'gauge')
  const moved = new Set<string>()
  const clocks = new Set<string>()
  for (const some of inBatches(gauges)) {
    const answer = await ask('query', {
      query: some.flatMap((name) => [movement(name, ofJobs, window), clock(name, ofJobs, window)]).join(' or '),
    })
    if ('wrong' in answer) return { wrong: `${shown}: ${answer.wrong}` }
    const { result = [] } = answer.data as { readonly result?: readonly { readonly metric: Record<string, string> }[] }
    for (const { metric } of result)
      if (metric['clock'] === undefined) moved.add(metric['gauge'] ?? '')
      else clocks.add(metric['clock'])
  }
  return fromPrometheus({ names, allNames: textsIn(all), types, series, moved, milliseconds: clocks }, shown, window)
}

/** A query that returns a series labelled with the gauge's name if any of its samples was not 0. */
function movement(name: string, ofJobs: string, window: string): string {
  const range = `{__name__=${JSON.stringify(name)}${ofJobs === '' ? '' : `, ${ofJobs}`}}[${window}]`
  const sign = `max_over_time(${range}) != 0 or min_over_time(${range}) != 0`
  return `label_replace(count(${sign}), "gauge", ${JSON.stringify(name)}, "", "")`
}

/** A query that returns a series labelled with the gauge's name if all its samples could be times in milliseconds since 1970. */
function clock(name: string, ofJobs: string, window: string): string {
  const range = `{__name__=${JSON.stringify(name)}${ofJobs === '' ? '' : `, ${ofJobs}`}}[${window}]`
  const { lo, hi } = asMilliseconds
  const all = `min(min_over_time(${range})) >= ${lo} and max(max_over_time(${range})) < ${hi}`
  return `label_replace(${all}, "clock", ${JSON.stringify(name)}, "", "")`
}

type Form = Readonly<Record<string, string | readonly string[]>>
type Answer = { readonly data: unknown } | Wrong

/** Requests one API endpoint with a form, so that no query is too long for it. */
const asker =
  (target: string, authorization: string | null) =>
  (path: string, form: Form, timeout = patience): Promise<Answer> =>
    askOne(target, authorization, path, form, timeout)

async function askOne(
  target: string,
  authorization: string | null,
  path: string,
  form: Form,
  timeout: number,
): Promise<Answer> {
  const url = new URL(target)
  const headers: Record<string, string> = authorization === null ? {} : { Authorization: authorization }
  if (url.username !== '' || url.password !== '') {
    const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
    headers['Authorization'] = `Basic ${Buffer.from(login).toString('base64')}`
    url.username = ''
    url.password = ''
  }
  url.pathname = `${url.pathname.replace(/\/$/, '')}/api/v1/${path}`
  const fields = new URLSearchParams()
  for (const [name, value] of Object.entries(form))
    for (const one of typeof value === 'string' ? [value] : value) fields.append(name, one)
  const posts = path === 'series' || path === 'query'
  if (!posts) url.search = fields.toString()
  try {
    const signal = AbortSignal.timeout(timeout)
    const answer = await fetch(url, posts ? { method: 'POST', body: fields, headers, signal } : { headers, signal })
    const text = await limited(answer)
    if (text === null)
      return { wrong: `its response to ${path} is larger than ${most / 2 ** 20} MiB: narrow it down with --job` }
    const read = parsed(text)
    if (read?.status === 'success') return { data: read.data }
    return { wrong: read?.error ?? `it returned ${answer.status} ${answer.statusText} for ${path}`.trimEnd() }
  } catch (error) {
    const { cause, message, name } = error as Error
    if (name === 'TimeoutError') return { wrong: `no complete response to ${path} within ${timeout / 1000} s` }
    return { wrong: (cause as Error | undefined)?.message || message }
  }
}

async function limited(answer: Response): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of answer.body ?? []) {
    length += chunk.length
    if (length > most) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parsed(text: string): { readonly status?: string; readonly data?: unknown; readonly error?: string } | null {
  try {
    return JSON.parse(text) as object
  } catch {
    return null
  }
}

const textsIn = (answer: Answer): readonly string[] =>
  'data' in answer && Array.isArray(answer.data) ? answer.data.filter((one) => typeof one === 'string') : []

function typesIn(answer: Answer): ReadonlyMap<string, string> {
  const data = 'data' in answer && typeof answer.data === 'object' && answer.data !== null ? answer.data : {}
  const all = Object.entries(data as Record<string, readonly { readonly type?: string }[]>)
  return new Map(all.map(([name, declared]) => [name, declared[0]?.type ?? 'unknown']))
}

const escaped = (text: string) => text.replace(/[.+?^${}()|[\]\\*]/g, '\\$&')

function inBatches(all: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(all.length / batch) }, (_, i) => all.slice(i * batch, (i + 1) * batch))
}
