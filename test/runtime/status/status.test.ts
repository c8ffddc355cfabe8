import assert from 'node:assert/strict'
import { test } from 'node:test'
import { botMetrics as arbotMetrics } from '../../../definitions/arbot/metrics.ts'
import { status as arbotPage } from '../../../definitions/arbot/status.ts'
import { botMetrics as mcbotMetrics } from '../../../definitions/mcbot/metrics.ts'
import { status as mcbotPage } from '../../../definitions/mcbot/status.ts'
import { createMetrics, serve } from '../../../runtime/index.ts'
import { card, catalogue, gauge, type StatusPage, statusPage } from '../../../runtime/metrics.ts'
import { createStatus, type StatusNow, usualPage } from '../../../runtime/status/index.ts'
import { botMetrics as tradingbotMetrics } from '../../fixtures/log-pipeline/metrics.ts'
import { status as tradingbotPage } from '../../fixtures/log-pipeline/status.ts'

const pages: readonly (readonly [string, object, StatusPage, readonly string[]])[] = [
  [
    'MC Coin Bot',
    mcbotMetrics,
    mcbotPage,
    ['Balance', 'Today’s PnL', 'Orders filled', 'Orders rejected', 'Order latency', 'Uptime'],
  ],
  ['the trading bot', tradingbotMetrics, tradingbotPage, ['Balance', 'Order latency']],
  ['ArBot', arbotMetrics, arbotPage, ['Total PnL', 'Today’s PnL', 'Drawdown', 'Win rate']],
  [
    'MC Coin Bot, if it defined no page,',
    mcbotMetrics,
    usualPage('MC Coin Bot', mcbotMetrics),
    ['Trading mode', 'Equity', 'Wallet balance', 'Cash', 'Margin used'],
  ],
]
for (const [of, catalogue, page, first] of pages)
  test(`the page of ${of} works before any metric has a value`, async (t) => {
    const status = createStatus(createMetrics(catalogue), page)
    t.after(status.end)
    const { cards } = await status.now()
    assert.deepEqual(cards.map(({ title }) => title).slice(0, first.length), first)
    assert.ok(cards.length <= 12)
    for (const shown of cards) assert.ok(shown.text !== '' || shown.rows.length > 0, shown.title)
  })

const declared = catalogue('own', { balance_usdt: gauge({ help: 'Balance.' }) })

test('it is served next to /metrics, with the same token, and for GET only', async (t) => {
  const metrics = createMetrics(declared)
  metrics.balance_usdt.set(7)
  const status = createStatus(metrics, statusPage('Own', [card('Balance', declared.balance_usdt)]))
  t.after(status.end)
  const server = await serve(metrics, { port: 0, auth: { token: 'abc' }, also: [status.handle] })
  t.after(server.close)
  const ask = (path: string, method = 'GET', authorization = 'Bearer abc') =>
    fetch(`${server.url}${path}`, { method, headers: { authorization } })
  for (const path of ['/', '/api/metrics', '/metrics', '/other'])
    assert.equal((await ask(path, 'GET', 'Bearer abd')).status, 401, path)
  assert.equal((await ask('/other')).status, 404)
  assert.equal((await ask('/', 'POST')).status, 405)

  const html = await ask('/')
  assert.equal(html.headers.get('content-type'), 'text/html; charset=utf-8')
  const policy = html.headers.get('content-security-policy') ?? ''
  assert.match(policy, /^default-src 'none'; style-src 'sha256-/)
  assert.match(await html.text(), /<h2>Balance<\/h2><p class="value plain">7<\/p>/)

  const asked = Date.now()
  const least = process.uptime()
  const json = await ask('/api/metrics')
  assert.equal(json.headers.get('content-type'), 'application/json; charset=utf-8')
  const { title, at, uptimeSeconds, cards } = (await json.json()) as StatusNow
  assert.equal(title, 'Own')
  assert.ok(asked <= at && at <= Date.now(), `${at}`)
  const most = process.uptime()
  assert.ok(least <= uptimeSeconds && uptimeSeconds <= most, `${least} <= ${uptimeSeconds} <= ${most}`)
  assert.deepEqual(cards, [
    { title: 'Balance', metric: 'own_balance_usdt', unit: '', tone: 'plain', rows: [], note: '', value: 7, text: '7' },
  ])
})

test('a clock that is set while the bot runs does not change its uptime', async (t) => {
  const status = createStatus(createMetrics(declared), usualPage('Own', declared))
  t.after(status.end)
  const hour = 3_600_000
  const real = Date.now
  t.mock.method(Date, 'now', () => real() - hour)
  const { uptimeSeconds, uptime } = await status.now()
  assert.ok(uptimeSeconds > 0 && uptimeSeconds <= process.uptime(), `${uptimeSeconds}`)
  assert.doesNotMatch(uptime, /−/)
})

test('on its own it can require a password while /metrics does not', async (t) => {
  const metrics = createMetrics(declared)
  const auth = { user: 'me', password: 'abc' }
  const status = createStatus(metrics, usualPage('Own', declared), { auth })
  t.after(status.end)
  const server = await serve(metrics, { port: 0, also: [status.handle] })
  t.after(server.close)
  assert.equal((await fetch(`${server.url}/`)).status, 401)
  assert.equal((await fetch(`${server.url}/metrics`)).status, 200)
})

test('a card for a metric of another catalogue is refused at once', () => {
  const other = catalogue('other', { balance_usdt: gauge({ help: 'Balance.' }) })
  assert.throws(() => createStatus(createMetrics(declared), statusPage('Own', [card('Balance', other.balance_usdt)])), {
    message:
      'the status page shows other_balance_usdt, which is not one of these metrics: use a metric of the same catalogue',
  })
})
