import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../live/prometheus-api.ts'
import { previewDist } from './browser.ts'
import { panel } from './open-dashboard.ts'
import { answeringServer, previewOf } from './preview-of.ts'
import { openWindow } from './window.ts'

const gone = 'The preview server does not respond: it was probably stopped. Start it again and reload this page.'

for (const refresh of ['', '1h'])
  test(`a dashboard ${refresh === '' ? 'without a refresh' : `refreshed every ${refresh}`} says once that the preview server is gone, and dims what it drew`, async (t) => {
    const window = await openWindow(t)
    if (window === undefined) return
    const prometheus = await answeringServer(t, (path) => {
      const { pathname, searchParams } = new URL(path, 'http://prometheus')
      const end = Number(searchParams.get('end') ?? searchParams.get('time'))
      const data = pathname.endsWith('query_range')
        ? { resultType: 'matrix', result: [{ metric: {}, values: [[end, '1']] }] }
        : { resultType: 'vector', result: [{ metric: {}, value: [end, '1'] }] }
      return JSON.stringify({ status: 'success', data })
    })
    const panels = [1, 2, 3].map((id) => panel(id, 'stat', `panel ${id}`, 'up'))
    const { url, stop } = await previewOf(t, {
      page: previewDist,
      prometheus,
      files: { 'a.json': JSON.stringify({ title: 'A', refresh, time: { from: 'now-1h', to: 'now' }, panels }) },
    })
    await window.seenAt(`${url}/d/tiny/a`, ({ panels }) => panels.length === 3)
    const now = () =>
      window.page.evaluate<{ old: number; sentences: string[]; title: string; icons: number }>(`({
        old: document.querySelectorAll('[data-panel] [data-old="true"]').length,
        sentences: [...document.querySelectorAll('[data-sentence]')].map((one) => one.textContent),
        title: document.title,
        icons: document.querySelectorAll('[data-sentence] svg path, [data-testid="data-testid Panel status error"] svg path').length,
      })`)
    assert.deepEqual(await now(), { old: 0, sentences: [], title: 'A – botwatch preview', icons: 0 })
    await stop()
    const seen = (old: number, sentence: string) =>
      until('the page says that the server is gone', 30_000, async () => {
        const found = await now()
        return found.old === old && found.sentences.join() === sentence ? found : null
      })
    const { title, icons } = await seen(3, `${gone} The panels show what they had.`)
    assert.deepEqual([title, icons], ['No new data: A – botwatch preview', 1])
    await window.page.evaluate(`document.querySelector('[data-testid="data-testid RefreshPicker run button"]').click()`)
    const asked = await seen(3, `${gone} 3 of 3 panels have no new data.`)
    assert.equal(asked.title, 'No new data: A – botwatch preview')
    assert.deepEqual(window.errors, [])
  })
