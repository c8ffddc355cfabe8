import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { byScreen } from '../../preview/page/scene/first-screen.ts'
import { until } from '../live/prometheus-api.ts'
import { previewDist } from './browser.ts'
import { answeringServer, previewOf } from './preview-of.ts'
import { openWindow } from './window.ts'

const folder = fileURLToPath(new URL('../../out/mcbot/grafana/dashboards/', import.meta.url))
const files = Object.fromEntries(
  readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const),
)

test('on a phone the panels begin within the first quarter of the screen, on every dashboard', async (t) => {
  const window = await openWindow(t, 390)
  if (window === undefined) return
  const prometheus = await answeringServer(t, (path) =>
    JSON.stringify({
      status: 'success',
      data: path.includes('/label/') ? ['BTCUSDT', 'ETHUSDT'] : { resultType: 'vector', result: [] },
    }),
  )
  const { url } = await previewOf(t, { page: previewDist, prometheus, files })
  const height = 844
  const tops = async (width: number) => {
    await window.page.setViewportSize({ width, height })
    return window.page.evaluate<number>(`document.querySelector('[data-griditem-key]').getBoundingClientRect().top`)
  }
  for (const file of Object.keys(files)) {
    await window.seenAt(`${url}/d/tiny/${file.replace('.json', '')}`, ({ panels }) => panels.length > 0)
    for (const width of [390, 360]) {
      const top = await tops(width)
      assert.ok(top > 0 && top <= height / 4, `${file} at ${width} pixels: the panels begin at ${top} of ${height}`)
    }
  }
  assert.deepEqual(window.errors, [])
})

test('on a phone the panels below the first screen wait for those on it', async (t) => {
  const window = await openWindow(t, 390)
  if (window === undefined) return
  const held: (() => void)[] = []
  const server = createServer((_, response) => {
    const answer = () => response.end('{"status":"success","data":{"resultType":"vector","result":[]}}')
    if (held.push(answer) > 3) answer()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  const panels = Array.from({ length: 9 }, (_, i) => ({
    id: i + 1,
    type: 'stat',
    title: `panel ${i}`,
    gridPos: { x: 0, y: i * 8, w: 24, h: 8 },
    options: {},
    targets: [{ refId: 'A', expr: `metric_${i}` }],
  }))
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    files: { 'a.json': JSON.stringify({ title: 'A', panels }) },
  })
  await window.page.setViewportSize({ width: 390, height: 844 })
  await window.page.goto(`${url}/d/tiny/a`)
  await until('the first screen asks', 20_000, async () => held.length >= 3 || null)
  const titles = await window.page.evaluate<string[]>(
    `[...document.querySelectorAll('section h2')].map((title) => title.textContent)`,
  )
  for (const answer of held.slice(0, 3)) answer()
  assert.deepEqual(titles, ['panel 0', 'panel 1', 'panel 2'])
  await window.seen(({ panels: seen }) => seen.length === panels.length)
  assert.deepEqual(window.errors, [])
})

test('the first screen of a dashboard is the panels that begin on it, also if they are below each other on a phone', () => {
  const panel = (id: number, x: number, y: number, h: number) => ({
    id,
    type: 'stat',
    title: '',
    gridPos: { x, y, w: 12, h },
  })
  const panels = [panel(3, 0, 8, 8), panel(1, 0, 0, 8), panel(2, 12, 0, 8), panel(4, 12, 8, 8), panel(5, 0, 16, 8)]
  const ids = (width: number, height: number) =>
    byScreen(panels, { width, height }).map((part) => part.map(({ id }) => id))
  assert.deepEqual(ids(1440, 500), [[1, 2, 3, 4], [5]])
  assert.deepEqual(ids(390, 500), [
    [1, 2],
    [3, 4, 5],
  ])
  assert.deepEqual(ids(390, 5000), [[1, 2, 3, 4, 5], []])
})
