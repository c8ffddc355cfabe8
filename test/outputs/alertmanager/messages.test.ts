import assert from 'node:assert/strict'
import { test } from 'node:test'
import { longestMessage } from '../../../generators/messages/message.ts'
import { accountsBot } from '../../fixtures/accounts-bot.ts'
import { smallBot } from '../../fixtures/small-bot.ts'
import { type MessageAlert, renderer, type Words } from './messages.ts'

const common = { alertname: 'WSNoMessages', bot: 'tiny', env: 'live', instance: 'one', severity: 'critical' }
const told = (symbol: string, annotations: Words = {}, status: MessageAlert['status'] = 'firing'): MessageAlert => ({
  status,
  labels: { ...common, symbol },
  annotations: { summary: `no message for ${symbol} in 1m 12s`, ...annotations },
})
const help = {
  steps: '1. Look at Messages (Exchange) — one symbol?\n2. Run `docker compose ps bot` — does it run?\n3. Wait.',
  panel_url: 'https://g.example/d/tiny-exchange?viewPanel=4&var-env=live&var-symbol=BTC%2FUSDT+x',
  runbook_url: 'https://r.example/WSNoMessages.md',
}

test('a message on Telegram says what happens first, then where, since when and what to do', async (t) => {
  const render = await renderer(t, smallBot())
  if (!render) return
  const message = await render([told('<BTC/USDT> & "x"', help), told('ETH/USDT', { value: '1.2 s' })])
  assert.equal(
    message.telegram,
    `🔴 <b>no message for &lt;BTC/USDT&gt; &amp; &#34;x&#34; in 1m 12s</b>
FIRING critical · WSNoMessages · tiny · live · one
since 20 Nov 10:00 UTC
• no message for ETH/USDT in 1m 12s — 1.2 s
since 20 Nov 10:00 UTC

<b>Next steps</b>
1. Look at Messages (Exchange) — one symbol?
2. Run <code>docker compose ps bot</code> — does it run?
3. Wait.

<a href="https://g.example/d/tiny-exchange?viewPanel=4&amp;var-env=live&amp;var-symbol=BTC%2FUSDT%20x">Panel</a> · <a href="https://r.example/WSNoMessages.md">Runbook</a>`,
  )
})

test('a message on Discord is the same in Markdown, with label values escaped', async (t) => {
  const render = await renderer(t, smallBot())
  if (!render) return
  const message = await render([told('*BTC_USDT* <@1> [x](y)\n# z', help)])
  assert.equal(message.title, '🔴 **no message for \\*BTC\\_USDT\\* \\<\\@1\\> \\[x\\]\\(y\\) \\# z in 1m 12s**')
  assert.equal(
    message.discord,
    `FIRING critical · WSNoMessages · tiny · live · one
since 20 Nov 10:00 UTC

**Next steps**
1. Look at Messages \\(Exchange\\) — one symbol?
2. Run \\\`docker compose ps bot\\\` — does it run?
3. Wait.

[Panel](https://g.example/d/tiny-exchange?viewPanel=4&var-env=live&var-symbol=BTC%2FUSDT%20x) · [Runbook](https://r.example/WSNoMessages.md)`,
  )
})

const placed: readonly (readonly [what: string, labels: Words, said: string])[] = [
  ['an instance of another name than the bot’s is said', { instance: 'vps-2' }, 'tiny · live · vps-2'],
  ['one of the bot’s name is not', { instance: 'tiny' }, 'tiny · live'],
  ['nor one that there is not', { instance: '' }, 'tiny · live'],
]
for (const [what, labels, said] of placed)
  test(`where: ${what}`, async (t) => {
    const render = await renderer(t, smallBot())
    if (!render) return
    const { telegram, discord } = await render([{ ...told('A'), labels: { ...common, ...labels } }])
    const line = `FIRING critical · WSNoMessages · ${said}`
    assert.equal(telegram.split('\n')[1], line)
    assert.equal(discord.split('\n')[0], line.replace('-', '\\-'))
  })

test('RESOLVED says what is no longer true and how long it lasted, without steps or links', async (t) => {
  const render = await renderer(t, smallBot())
  if (!render) return
  const message = await render([told('BTC/USDT', help, 'resolved')])
  assert.equal(
    message.telegram,
    '✅ <b>no longer true: no message for BTC/USDT in 1m 12s</b>\nRESOLVED critical · WSNoMessages · tiny · live · one\nafter 20m 3s',
  )
  assert.equal(message.title, '✅ **no longer true: no message for BTC/USDT in 1m 12s**')
  assert.equal(message.discord, 'RESOLVED critical · WSNoMessages · tiny · live · one\nafter 20m 3s')
})

test('without public addresses there are no links, and an address that could break the markup is left out', async (t) => {
  const render = await renderer(t, smallBot())
  if (!render) return
  const bare =
    '🔴 <b>no message for A in 1m 12s</b>\nFIRING critical · WSNoMessages · tiny · live · one\nsince 20 Nov 10:00 UTC'
  assert.equal((await render([told('A')])).telegram, bare)
  for (const address of ['javascript:alert(1)', 'https://x.example/)[y](z', 'https://x.example/"><b>', 'https://x y'])
    assert.equal((await render([told('A', { panel_url: address, runbook_url: address })])).telegram, bare, address)
})

test('a link that is too long loses its variables', async (t) => {
  const render = await renderer(t, smallBot())
  if (!render) return
  const panel_url = `https://g.example/d/tiny?viewPanel=4&var-env=live&var-symbol=${'%41'.repeat(200)}`
  const { telegram } = await render([told('A', { panel_url })])
  assert.match(telegram, /<a href="https:\/\/g\.example\/d\/tiny\?viewPanel=4">Panel<\/a>$/)
})

test('after ten alerts the rest is counted; after the firing ones, three resolved ones are named', async (t) => {
  const render = await renderer(t, smallBot())
  if (!render) return
  const firing = Array.from({ length: 40 }, (_, i) => told(`F${i}`))
  const resolved = Array.from({ length: 12 }, (_, i) => told(`R${i}`, {}, 'resolved'))
  const named = (text: string) => [...text.matchAll(/message for (\w+)|and \d+ more/g)].map((m) => m[1] ?? m[0])
  const ten = (letter: string) => Array.from({ length: 10 }, (_, i) => `${letter}${i}`)
  const texts = async (alerts: readonly MessageAlert[]) => {
    const { telegram, title, discord } = await render(alerts)
    return [telegram, `${title}\n${discord}`].map(named)
  }
  const onBoth = (names: readonly string[]) => [names, names]
  assert.deepEqual(await texts(firing), onBoth([...ten('F'), 'and 30 more']))
  assert.deepEqual(await texts(resolved), onBoth([...ten('R'), 'and 2 more']))
  assert.deepEqual(
    await texts([...firing, ...resolved]),
    onBoth([...ten('F'), 'and 30 more', 'R0', 'R1', 'R2', 'and 9 more']),
  )
})

test('times are in the bot’s own time zone', async (t) => {
  const render = await renderer(t, smallBot({ timeZone: 'Asia/Seoul' }))
  if (!render) return
  assert.match((await render([told('A')])).telegram, /^since 20 Nov 19:00 KST$/m)
})

test('no message is too long, whatever is in labels and annotations', async (t) => {
  const render = await renderer(t, smallBot())
  if (!render) return
  const units = [
    'a',
    '<',
    '&',
    '"',
    "'",
    '+',
    '`',
    '`x',
    '`x`',
    '*',
    '\\',
    '🔥',
    '한',
    '\n',
    ' ',
    '<&🔥한`a',
    '\u0000',
    'https://x/&',
  ]
  for (const unit of units)
    for (const length of [60, 250, 10_000]) {
      const long = unit.repeat(Math.ceil(length / unit.length))
      const labels = { alertname: long, bot: long, env: long, instance: long, severity: long, symbol: long }
      const url = `https://x.example/${long}`
      const ampersands = `https://x.example/?${'&'.repeat(Math.min(length, 65))}`
      const annotations = { summary: long, value: long, steps: long, panel_url: url, runbook_url: ampersands }
      const one = (status: MessageAlert['status']): MessageAlert => ({ status, labels, annotations })
      const alerts = [...Array<MessageAlert>(20).fill(one('firing')), ...Array<MessageAlert>(20).fill(one('resolved'))]
      const message = await render(alerts)
      const what = `${JSON.stringify(unit)} to ${length}`
      assert.ok(message.telegram.length <= longestMessage, `Telegram, ${what}: ${message.telegram.length}`)
      assert.ok(message.discord.length <= longestMessage, `Discord, ${what}: ${message.discord.length}`)
      assert.ok(message.title.length <= 256, `title, ${what}: ${message.title.length}`)
      assert.match(message.telegram, /FIRING/)
      assertWellFormed(message.telegram)
    }
})

/** Free labels of targets, and how long nine summaries may be so that a tenth still fits. */
const rooms: readonly (readonly [own: readonly string[], summary: number])[] = [
  [[], 122],
  [['a', 'b', 'c', 'd', 'e'], 98],
]
for (const [own, summary] of rooms)
  test(`a message in which every part has its maximum length still fits, with ${own.length} free labels`, async (t) => {
    const values = (value: string) => Object.fromEntries(own.map((label) => [label, value]))
    const target = { env: 'live', instance: 'one', address: 'one:8000', labels: values('x') }
    const render = await renderer(t, own.length === 0 ? smallBot() : accountsBot([target]))
    if (!render) return
    const full = (length: number) => 'x'.repeat(length)
    const url = (length: number) => `https://x.example/${full(length - 18)}`
    const annotations = { steps: full(700), panel_url: url(350), runbook_url: url(250) }
    const labels = {
      alertname: full(80),
      bot: full(40),
      env: full(40),
      instance: full(40).replace('x', 'y'),
      severity: full(20),
      ...values(full(40)),
    }
    const lengths = [...Array<number>(9).fill(summary), 240, ...Array<number>(990).fill(240)]
    const alerts = lengths.map(
      (length): MessageAlert => ({ status: 'firing', labels, annotations: { ...annotations, summary: full(length) } }),
    )
    const resolved = alerts.map((alert): MessageAlert => ({ ...alert, status: 'resolved' }))
    const message = await render([...alerts, ...resolved])
    assert.match(message.telegram, /and 990 more/)
    assert.match(message.telegram, /and 1000 more/)
    for (const { length } of [message.telegram, message.discord])
      assert.ok(length <= longestMessage && length > longestMessage - 500, `${length}`)
    assertWellFormed(message.telegram)
  })

/** Telegram rejects a message whose tags do not nest or whose text has a bare `<` or `&`. */
function assertWellFormed(html: string): void {
  const open: string[] = []
  const text = html.replace(/<(\/?)(b|code|a)(?: href="[^"<>]*")?>/g, (_, end: string, tag: string) => {
    if (end === '') open.push(tag)
    else assert.equal(open.pop(), tag, html)
    return ''
  })
  assert.deepEqual(open, [], html)
  assert.doesNotMatch(text.replace(/&(?:lt|gt|amp|#\d+);/g, ''), /[<>&]/, html)
}
