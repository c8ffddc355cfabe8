import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { test } from 'node:test'
import { violationsIn } from './axe.ts'
import { browser } from './browser.ts'
import { pageShows, statusBot, textAt } from './status-bot.ts'

for (const mode of ['light', 'dark'] as const)
  for (const width of [1440, 390])
    test(`axe-core finds nothing on the ${mode} status page, ${width} pixels wide, of a bot that lives and of one that is dead`, async (t) => {
      const chromium = await browser(t)
      if (chromium === undefined) return
      t.after(chromium.close)
      const { server } = await statusBot(t)
      const { page, errors } = await chromium.open(width, mode)
      await page.goto(server.url)
      const height = await page.evaluate<number>('document.documentElement.scrollHeight')
      await page.setViewportSize({ width, height })
      assert.deepEqual(await violationsIn(page), [])
      await server.close()
      await pageShows(async () => (await textAt(page, '#state')) !== '')
      assert.deepEqual(await violationsIn(page), [])
      assert.deepEqual(errors, [])
    })

test('a selection that begins in the uptime stays as it is while the uptime is updated', async (t) => {
  const chromium = await browser(t)
  if (chromium === undefined) return
  t.after(chromium.close)
  const { server } = await statusBot(t)
  const { page, errors } = await chromium.open(1280, 'light')
  await page.goto(server.url)
  await page.evaluate(
    "getSelection().setBaseAndExtent(document.getElementById('uptime').firstChild, 1, document.querySelector('h2').firstChild, 7)",
  )
  const before = await textAt(page, '#uptime')
  await pageShows(async () => (await textAt(page, '#uptime')) !== before)
  const now = await textAt(page, '#uptime')
  assert.equal(
    await page.evaluate('getSelection().toString().replace(/\\s+/g, " ")'),
    `${now.slice(1)} Balance`.replace(/\s+/g, ' '),
  )
  assert.deepEqual(errors, [])
})

test('a page that was suspended says that no request was answered for 8 s, although none has failed', async (t) => {
  const chromium = await browser(t)
  if (chromium === undefined) return
  t.after(chromium.close)
  let holds = false
  const held: ServerResponse[] = []
  const { server } = await statusBot(t, [
    (request, response) => {
      if (!holds || request.url !== '/api/metrics') return false
      held.push(response)
      return true
    },
  ])
  const { page, errors } = await chromium.open(1280, 'light')
  await page.clock.install()
  await page.goto(server.url)
  const state = () => textAt(page, '#state')
  assert.equal(await state(), '')
  holds = true
  // A suspended machine wakes up: its timers are due, and no request has been sent meanwhile.
  await page.clock.fastForward(9000)
  assert.match(await state(), /^no response since \d+:\d\d:\d\d [AP]M: values are stale$/)
  assert.match(await page.evaluate<string>('document.title'), /^No response: Tiny/)
  await pageShows(async () => held.length > 0)
  holds = false
  for (const response of held) response.destroy()
  await page.clock.fastForward(3000)
  await pageShows(async () => (await state()) === '')
  assert.match(await page.evaluate<string>('document.title'), /^Tiny/)
  assert.deepEqual(errors, [])
})

test('the status page is printed on white, from the dark theme too, and no card is cut', async (t) => {
  const chromium = await browser(t)
  if (chromium === undefined) return
  t.after(chromium.close)
  const { server } = await statusBot(t)
  const { page, errors } = await chromium.open(1280, 'dark')
  await page.goto(server.url)
  await page.emulateMedia({ media: 'print' })
  assert.deepEqual(
    await page.evaluate(`(() => {
      const style = (selector) => getComputedStyle(document.querySelector(selector))
      return {
        ground: style('body').backgroundColor,
        card: style('section').backgroundColor,
        figure: style('.value').color,
        loss: style('.bad').color,
        header: style('header').position,
        breaks: style('section').breakInside,
      }
    })()`),
    {
      ground: 'rgb(255, 255, 255)',
      card: 'rgb(255, 255, 255)',
      figure: 'rgb(0, 0, 0)',
      loss: 'rgb(179, 38, 30)',
      header: 'static',
      breaks: 'avoid',
    },
  )
  assert.deepEqual(errors, [])
})
