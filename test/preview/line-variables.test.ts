import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bot, dashboard, labelValues, lines, logs, series, stat } from '../../definitions/language/index.ts'
import { anyMetrics } from '../../definitions/language/metric.ts'
import { catalogue, counter, open } from '../../definitions/language/metrics.ts'
import { events, logsBot } from '../fixtures/logs-bot.ts'
import { previewDist } from './browser.ts'
import { dashboardsOf, logStore } from './log-store.ts'
import { answeringServer, previewOf } from './preview-of.ts'
import { openWindow } from './window.ts'

const metrics = catalogue('tb', { fills_total: counter({ help: 'x', labels: { symbol: open({ max: 5 }) } }) })
const board = dashboard({
  title: 'Board',
  variables: { coin: labelValues(series(metrics).fills_total, 'symbol') },
  panels: {
    failures: logs({ title: 'Failures', events: [events.order_failed] }),
    count: stat({ title: 'Count', show: lines(events.order_failed).count('5m').by('symbol') }),
  },
})
const narrowed: Bot = {
  ...logsBot,
  metrics: { ...logsBot.metrics, ...anyMetrics(metrics) },
  dashboards: { board },
  alerts: [],
}

const names: Readonly<Record<string, readonly string[]>> = {
  env: ['paper'],
  instance: ['tb-1', 'tb-2'],
  symbol: ['BTC', 'ETH', 'S"L'],
}

const failed = (instance: string, symbol: string, secondsAgo: number) => ({
  event: 'order_failed',
  level: 'error',
  ts: new Date(Date.now() - 1000 * secondsAgo).toISOString(),
  instance,
  symbol,
  side: 'buy',
  error: 'timeout',
})

test('a dashboard’s variables select lines and figures over them in a real store: all, one instance, several symbols', async (t) => {
  const window = await openWindow(t, 1440)
  if (window === undefined) return
  const store = await logStore(t)
  if (store === undefined) return
  await store.insert([
    failed('tb-1', 'BTC', 50),
    failed('tb-1', 'ETH', 40),
    failed('tb-1', 'S"L', 30),
    failed('tb-2', 'BTC', 20),
    failed('tb-2', 'DOGE', 10),
  ])
  const prometheus = await answeringServer(t, (path) =>
    JSON.stringify({
      status: 'success',
      data: path.includes('/label/')
        ? (names[/label\/(\w+)/.exec(path)?.[1] ?? ''] ?? [])
        : { resultType: path.includes('query_range') ? 'matrix' : 'vector', result: [] },
    }),
  )
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus,
    logs: store.url,
    files: dashboardsOf(narrowed),
  })
  const shownWith = async (selection: string) => {
    const { panels } = await window.seenAt(
      `${url}/d/tiny/board?from=now-15m&to=now&refresh=1h${selection}`,
      ({ panels }) => panels.length === 2 && panels.every(({ state }) => state === 'ok'),
    )
    assert.deepEqual(
      panels.map(({ words }) => words),
      ['', ''],
    )
    const lines = await window.page.evaluate<readonly string[]>(
      `[...document.querySelectorAll('[data-title="Failures"] [data-line]')].map((one) => /symbol=(\\S+)/.exec(one.innerText)?.[1] ?? '')`,
    )
    const figures = await window.page.evaluate<string>(`document.querySelector('[data-title="Count"]').innerText`)
    return { lines, figures: figures.split(/\s+/).filter((word) => word === '1').length }
  }
  assert.deepEqual(await shownWith(''), { lines: ['DOGE', 'BTC', 'S"L', 'ETH', 'BTC'], figures: 5 })
  assert.deepEqual(await shownWith('&var-instance=tb-2'), { lines: ['DOGE', 'BTC'], figures: 2 })
  assert.deepEqual(await shownWith('&var-coin=ETH'), { lines: ['ETH'], figures: 1 })
  assert.deepEqual(await shownWith('&var-coin=BTC&var-coin=S%22L'), { lines: ['BTC', 'S"L', 'BTC'], figures: 3 })
  assert.deepEqual(await shownWith('&var-instance=tb-1&var-coin=BTC&var-coin=ETH'), {
    lines: ['ETH', 'BTC'],
    figures: 2,
  })
  assert.deepEqual(window.errors, [])
})
