import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { createMetrics, type RequestHandler, serve } from '../../runtime/index.ts'
import {
  card,
  catalogue,
  counter,
  gauge,
  histogram,
  oneOf,
  open,
  quantiles,
  seconds,
  statusPage,
  usdt,
} from '../../runtime/metrics.ts'
import { createStatus } from '../../runtime/status/index.ts'
import type { Page } from './browser.ts'

const declared = catalogue('tiny', {
  balance_usdt: gauge({ help: 'Balance.', unit: usdt }),
  today_pnl_usdt: gauge({ help: 'PnL of today.', unit: usdt }),
  orders_total: counter({ help: 'Orders.', labels: { status: oneOf('filled', 'rejected') } }),
  order_latency_seconds: histogram({ help: 'Latency.', unit: seconds, buckets: [0.1, 0.2, 0.5, 1] }),
  position_usdt: gauge({ help: 'Positions.', unit: usdt, labels: { symbol: open({ max: 20 }) }, additive: false }),
})
/** A text that must stay one. */
export const hostile = '<img src=x onerror="window.broken=1">&amp;\'"'
const page = statusPage(`Tiny ${hostile}</title><script>window.broken=1</script>`, [
  card('Balance', declared.balance_usdt),
  card('Today’s PnL', declared.today_pnl_usdt, { signed: true }),
  card(`Orders ${hostile}`, declared.orders_total, { where: { status: 'filled' } }),
  quantiles('Latency', declared.order_latency_seconds),
  card('Positions', declared.position_usdt),
])

/** A bot with a status page, which is asked after the other handlers. */
export async function statusBot(t: TestContext, before: readonly RequestHandler[] = []) {
  const metrics = createMetrics(declared)
  metrics.balance_usdt.set(10_523.5)
  metrics.today_pnl_usdt.set(-120.3)
  metrics.orders_total.inc({ status: 'filled' }, 1234)
  metrics.orders_total.inc({ status: 'rejected' }, 5)
  for (let i = 0; i < 100; i++) metrics.order_latency_seconds.observe(i < 50 ? 0.05 : i < 98 ? 0.3 : 4)
  metrics.position_usdt.set({ symbol: hostile }, 500)
  metrics.position_usdt.set({ symbol: 'A'.repeat(150) }, -70)
  const status = createStatus(metrics, page)
  const server = await serve(metrics, { port: 0, also: [...before, status.handle] })
  t.after(async () => {
    status.end()
    await server.close()
  })
  return { metrics, server }
}

/** What a person reads, card by card. */
export const cardsIn = (page: Page) =>
  page.evaluate<string[][]>(
    "[...document.querySelectorAll('section')].map((s) => [...s.querySelectorAll('h2, .value, dt, dd, .note')].map((e) => e.textContent))",
  )
export const textAt = (page: Page, selector: string) =>
  page.evaluate<string>(`document.querySelector(${JSON.stringify(selector)}).textContent`)

/** Waits until the page is as expected. */
export async function pageShows(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; await delay(100)) if (await holds()) return
  assert.fail('not seen within 20 s')
}
