import { mkdirSync } from 'node:fs'
import { instant } from '../live/prometheus-api.ts'
import { browser } from './browser.ts'
import { panelsDrawn } from './panels-drawn.ts'

// Takes the README's screenshots from a running preview, over the bot's uptime: at least ten minutes, at most half an hour.

const [url, ...wrong] = process.argv.slice(2)
if (url === undefined || wrong.length > 0 || !URL.canParse(url)) {
  console.error(
    'usage: make pictures PREVIEW=http://127.0.0.1:PORT   the address that `make demo` or `make preview` prints',
  )
  process.exit(2)
}
const uptime = await instant(new URL('/prometheus', url).href, 'mcbot_uptime_seconds').then(
  ([one]) => (one?.value ?? 0) / 60,
  (error: Error) => {
    console.error(`the preview at ${url} cannot be queried: ${error.message}`)
    process.exit(1)
  },
)
if (uptime < 10) {
  console.error(`mcbot has run for ${Math.floor(uptime)} minutes: the screenshots need at least ten, try again then`)
  process.exit(1)
}
const minutes = Math.min(30, Math.floor(uptime))
const chromium = await browser({
  name: 'taking pictures',
  skip: (why) => {
    console.error(why)
    process.exitCode = 1
  },
})
if (chromium !== undefined) {
  mkdirSync('docs/pictures', { recursive: true })
  for (const [name, mode, height] of [
    ['trading', 'dark', 1140],
    ['execution', 'light', 1030],
  ] as const) {
    const { page } = await chromium.open(1440, mode)
    await page.goto(new URL(`/d/mcbot/${name}?from=now-${minutes}m&to=now`, url).href)
    await panelsDrawn(page, 10)
    await page.setViewportSize({ width: 1440, height })
    await panelsDrawn(page, 10)
    const path = `docs/pictures/preview-${name}.png`
    await page.screenshot({ path })
    console.log(path)
  }
  await chromium.close()
}
