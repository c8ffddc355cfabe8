import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { bots } from '../../definitions/index.ts'
import { startStage } from '../../demo/stage/stage.ts'
import { startPreview } from '../../generators/commands/preview/server.ts'
import { instant, until } from '../live/prometheus-api.ts'
import { needs } from '../servers/skipped.ts'
import { browser, previewDist } from './browser.ts'
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
    for (const file of readdirSync(folder)) {
      const name = file.replace(/\.json$/, '')
      const expected = titlesOf(JSON.parse(readFileSync(join(folder, file), 'utf8')))
      for (const width of widths)
        for (const mode of modes)
          await t.test(`${name}, ${mode}, ${width} pixels wide`, async () => {
            const { page, errors } = await chromium.open(width, mode)
            await page.goto(`${preview.url}/d/${bot.name}/${name}?from=now-15m&to=now`)
            await panelsDrawn(page, expected.length)
            const height = await page.evaluate<number>('document.documentElement.scrollHeight')
            await page.setViewportSize({ width, height: Math.min(height, 12_000) })
            await panelsDrawn(page, expected.length)
            const seen = await chromium.look(page)
            await page.screenshot({ path: join(pictures, `${bot.name}-${name}-${width}-${mode}.png`) })
            await page.close()

            assert.deepEqual(errors, [])
            assert.deepEqual(seen.sentences, [])
            assert.deepEqual([...seen.panels.map(({ title }) => title)].sort(), [...expected].sort())
            const troubled = seen.panels.filter(
              ({ state, declared }) => state !== 'ok' && !(state === 'empty' && declared),
            )
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
          })
    }
  })

const titlesOf = ({ panels }: Panels): readonly string[] =>
  panels.flatMap((one) => (one.type === 'row' ? titlesOf({ panels: one.panels ?? [] }) : [one.title]))
