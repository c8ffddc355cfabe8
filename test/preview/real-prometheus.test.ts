import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { startPrometheus } from '../../demo/servers/start.ts'
import { until } from '../live/prometheus-api.ts'
import { needs } from '../servers/skipped.ts'
import { type Page, previewDist } from './browser.ts'
import { answeringServer, previewFolder, previewOf } from './preview-of.ts'
import { openWindow } from './window.ts'

const panel = (id: number, type: string, expr = 'equity_usdt') => ({
  id,
  type,
  title: `${type} of equity`,
  gridPos: { x: 0, y: id * 6, w: 12, h: 6 },
  options: { legend: { showLegend: false }, reduceOptions: { calcs: ['lastNotNull'] } },
  fieldConfig: { defaults: {}, overrides: [] },
  // longer steps would show the first sample seconds later
  interval: '1s',
  targets: [{ refId: 'A', expr }],
})

const dashboard = (...panels: readonly object[]) =>
  JSON.stringify({ title: 'Equity', refresh: '5s', time: { from: 'now-5m', to: 'now' }, panels })

/** A real Prometheus that scrapes a bot with one gauge every second. */
async function prometheusOfBot(t: TestContext) {
  const bot = await answeringServer(t, () => '# TYPE equity_usdt gauge\nequity_usdt 10250\n')
  const folder = await previewFolder(t)
  const configFile = join(folder, 'prometheus.yml')
  const job = {
    job_name: 'bot',
    scrape_interval: '1s',
    scrape_timeout: '1s',
    // The bot names no format.
    fallback_scrape_protocol: 'PrometheusText0.0.4',
    static_configs: [{ targets: [bot.host] }],
  }
  await writeFile(configFile, JSON.stringify({ scrape_configs: [job] }))
  const prometheus = await startPrometheus({ configFile, dataDir: join(folder, 'data') })
  t.after(async () => {
    // A suspended process handles no SIGTERM.
    process.kill(prometheus.pid, 'SIGCONT')
    await prometheus.stop()
  })
  return prometheus
}

interface Shown {
  readonly states: readonly string[]
  /** For each drawing, whether it is old. */
  readonly old: readonly string[]
  readonly sentences: readonly string[]
  readonly title: string
}

const shown = (page: Page, what: string, wanted: (found: Shown) => boolean) =>
  until(what, 60_000, async () => {
    const found = await page.evaluate<Shown>(`(() => {
      const all = (selector) => [...document.querySelectorAll(selector)]
      return {
        states: all('[data-panel]').map((one) => one.dataset.state),
        old: all('[data-panel] [data-old]').map((one) => one.dataset.old),
        sentences: all('[data-sentence]').map((one) => one.textContent),
        title: document.title,
      }
    })()`)
    return wanted(found) ? found : null
  })

test('if a real Prometheus is suspended, no open panel stays ok, the page says why once, and all is well after it resumes', async (t) => {
  const window = await openWindow(t)
  if (window === undefined || (await needs(t, 'prometheus')) === undefined) return
  const prometheus = await prometheusOfBot(t)
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus: new URL(prometheus.url),
    files: { 'a.json': dashboard(panel(1, 'stat'), panel(2, 'timeseries')) },
  })
  await window.page.goto(`${url}/d/tiny/a`)
  const fine: Shown = {
    states: ['ok', 'ok'],
    old: ['false', 'false'],
    sentences: [],
    title: 'Equity – botwatch preview',
  }
  const isFine = ({ states, old, title }: Shown) =>
    states.join() === 'ok,ok' && old.join() === 'false,false' && title === fine.title
  assert.deepEqual(await shown(window.page, 'both panels are drawn', isFine), fine)

  process.kill(prometheus.pid, 'SIGSTOP')
  const isSilent = ({ states, sentences }: Shown) => states.join() === 'error,error' && sentences.length > 0
  assert.deepEqual(await shown(window.page, 'both panels are in error', isSilent), {
    states: ['error', 'error'],
    old: ['true', 'true'],
    sentences: [`Prometheus at ${prometheus.url} did not answer within 4 s. 2 of 2 panels have no new data.`],
    title: 'No new data: Equity – botwatch preview',
  })

  process.kill(prometheus.pid, 'SIGCONT')
  const isWell = (found: Shown) => isFine(found) && found.sentences.length === 0
  assert.deepEqual(await shown(window.page, 'both panels are drawn again', isWell), fine)
  assert.deepEqual(window.errors, [])
})

test('an empty panel says whether Prometheus has the metrics of its query', async (t) => {
  const window = await openWindow(t)
  if (window === undefined || (await needs(t, 'prometheus')) === undefined) return
  const prometheus = await prometheusOfBot(t)
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus: new URL(prometheus.url),
    files: {
      'a.json': dashboard(
        panel(1, 'stat'),
        panel(2, 'stat', 'equity_usdt > 20000'),
        panel(3, 'stat', 'rate(fills_total[1m]) + equity_usdt'),
      ),
    },
  })
  const seen = await window.seenAt(
    `${url}/d/tiny/a`,
    ({ panels }) => panels[0]?.state === 'ok' && panels[1]?.words.includes('equity_usdt') === true,
  )
  assert.deepEqual(
    seen.panels.map(({ state, words }) => [state, words]),
    [
      ['ok', ''],
      [
        'empty',
        'No data: Prometheus has equity_usdt, but in this time range nothing matches what is selected at the top and the conditions of the query.',
      ],
      [
        'empty',
        'No data: in this time range Prometheus has no series of fills_total. The bot, or the program that exposes it, is down, is not scraped or has not sent it yet.',
      ],
    ],
  )
  assert.deepEqual(window.errors, [])
})
