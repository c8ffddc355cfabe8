import type { TestContext } from 'node:test'
import { previewDist } from './browser.ts'
import { answeringServer, previewOf } from './preview-of.ts'
import { openWindow } from './window.ts'

/** One of a dashboard's panels, two in a row. */
export const panel = (
  id: number,
  type: string,
  title: string,
  expr: string,
  more: object = {},
  target: object = {},
) => ({
  id,
  type,
  title,
  gridPos: { x: ((id - 1) % 2) * 12, y: Math.floor((id - 1) / 2) * 8, w: 12, h: 8 },
  targets: [{ refId: 'A', expr, ...target }],
  ...more,
})

/** Opens a dashboard; Prometheus has two symbols, negative for a query that begins with a minus, buckets for a query of buckets, and no values of the label `none`. */
export async function openDashboard(t: TestContext, dashboard: object, width = 1000) {
  const window = await openWindow(t, width)
  if (window === undefined) return undefined
  const asked: URLSearchParams[] = []
  const prometheus = await answeringServer(t, (path) => {
    const { pathname, searchParams } = new URL(path, 'http://prometheus')
    if (pathname.includes('/label/none/')) return JSON.stringify({ status: 'success', data: [] })
    if (pathname.includes('/label/broken/')) return JSON.stringify({ status: 'error', error: 'parse error' })
    if (pathname.includes('/label/')) return JSON.stringify({ status: 'success', data: ['BTC', 'ETH'] })
    asked.push(searchParams)
    const query = searchParams.get('query') ?? ''
    const end = Number(searchParams.get('end') ?? searchParams.get('time'))
    const step = Number(searchParams.get('step') ?? 60)
    const metrics = query.includes('bucket') ? [{ le: '5' }, { le: '1' }] : [{ symbol: 'BTC' }, { symbol: 'ETH' }]
    const sign = query.startsWith('-') ? -1 : 1
    const series = metrics.map((metric, k) => ({
      metric,
      values: Array.from({ length: 20 }, (_, i) => [end - step * (19 - i), String(sign * (100 * (k + 1) + 5 * i))]),
    }))
    const data = pathname.endsWith('query_range')
      ? { resultType: 'matrix', result: series }
      : { resultType: 'vector', result: series.map(({ metric, values }) => ({ metric, value: values.at(-1) })) }
    const infos = query.includes('odd') ? ['PromQL info: odd might not be a counter'] : undefined
    return JSON.stringify({ status: 'success', data, infos })
  })
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus,
    files: { 'a.json': JSON.stringify({ title: 'A', time: { from: 'now-1h', to: 'now' }, ...dashboard }) },
  })
  const inside = (id: number, expression: string) =>
    window.page.evaluate<string>(
      `(() => { const panel = document.querySelector('[data-panel="${id}"]'); return String(${expression}) })()`,
    )
  return { ...window, url: `${url}/d/tiny/a`, list: url, asked, inside }
}
