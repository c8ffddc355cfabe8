import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { bots } from '../../definitions/index.ts'
import { startStage } from '../../demo/stage/stage.ts'
import { startPreview } from '../../generators/commands/preview/server.ts'
import type { PageContent } from '../../preview/test/seen.ts'
import { instant, until } from '../live/prometheus-api.ts'
import { needs } from '../servers/skipped.ts'
import { type Browser, browser, type Page, previewDist } from './browser.ts'
import { panelsDrawn } from './panels-drawn.ts'

// Every dashboard of every bot as a person sees it, with the values of a healthy paper bot that has run for two minutes.

const pictures = fileURLToPath(new URL('../../preview/pictures/', import.meta.url))
const widths = [1440, 390]
const modes = ['light', 'dark'] as const

interface Panels {
  readonly panels: readonly { readonly type: string; readonly title: string; readonly panels?: Panels['panels'] }[]
}

for (const bot of bots)
  test(`in a browser, every dashboard of ${bot.name} is complete and readable`, async (t) => {
    const chromium = await browser(t)
    if (chromium === undefined) return
    t.after(() => chromium.close())
    if ((await needs(t, 'prometheus', 'alertmanager', 'node_exporter')) === undefined) return
    const stage = await startStage(bot)
    t.after(() => stage.stop())
    const preview = await startPreview({
      folders: async () => [{ bot: bot.name, path: stage.folder }],
      prometheus: new URL(stage.prometheus.url),
      storeOf: async () => (stage.victoriaLogs === null ? null : new URL(stage.victoriaLogs.url)),
      page: previewDist,
    })
    t.after(() => preview.stop())
    await until(
      'the bot has run for two minutes',
      180_000,
      async () => ((await instant(stage.prometheus.url, `${bot.name}_uptime_seconds`))[0]?.value ?? 0) >= 120 || null,
    )
    mkdirSync(pictures, { recursive: true })

    const folder = join(stage.folder, 'grafana/dashboards')
    for (const mode of modes) {
      const window = await chromium.open(widths[0] ?? 0, mode)
      for (const file of readdirSync(folder)) {
        const name = file.replace(/\.json$/, '')
        const expected = titlesOf(JSON.parse(readFileSync(join(folder, file), 'utf8')))
        await t.test(`${name}, ${mode}`, async (t) => {
          await window.page.goto(`${preview.url}/d/${bot.name}/${name}?from=now-15m&to=now`)
          for (const width of widths)
            await t.test(`${width} pixels wide`, async () => {
              const seen = await seenAt(chromium, window.page, width, expected.length)
              await window.page.screenshot({ path: join(pictures, `${bot.name}-${name}-${width}-${mode}.png`) })
              assert.deepEqual(window.errors, [])
              isComplete(seen, expected)
            })
        })
      }
    }
  })

/** What a person sees of a dashboard in a window of this width that is as high as the page. */
async function seenAt(chromium: Browser, page: Page, width: number, count: number): Promise<PageContent> {
  await page.setViewportSize({ width, height: 1000 })
  await panelsDrawn(page, count)
  const height = await page.evaluate<number>('document.documentElement.scrollHeight')
  await page.setViewportSize({ width, height: Math.min(height, 12_000) })
  await panelsDrawn(page, count)
  return chromium.look(page)
}

function isComplete(seen: PageContent, expected: readonly string[]): void {
  assert.deepEqual(seen.sentences, [])
  assert.deepEqual([...seen.panels.map(({ title }) => title)].sort(), [...expected].sort())
  const troubled = seen.panels.filter(({ state, declared }) => state !== 'ok' && !(state === 'empty' && declared))
  assert.deepEqual(
    troubled.map(({ title, state, words }) => `${title} is ${state}: ${words}`),
    [],
  )
  const legends = seen.panels.flatMap(({ legend }) => legend)
  assert.ok(legends.length > 0)
  assert.deepEqual(
    legends.filter((text) => /[{}=]/.test(text)),
    [],
  )
  assert.deepEqual(seen.cut, [])
  assert.ok(seen.tooWide <= 0, `the page is ${seen.tooWide} pixels wider than the window`)
}

const titlesOf = ({ panels }: Panels): readonly string[] =>
  panels.flatMap((one) => (one.type === 'row' ? titlesOf({ panels: one.panels ?? [] }) : [one.title]))
