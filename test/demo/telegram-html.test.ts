import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTelegramHtml, type TelegramText } from '../../demo/stage/telegram-html.ts'

const refused = (why: string): TelegramText => ({ refused: `Bad Request: ${why}` })

const table: readonly (readonly [what: string, html: string, read: TelegramText])[] = [
  [
    'tags are not text',
    '<b>one</b> <code>two</code> <a href="https://x.example/?a=1&amp;b=2">three</a>',
    { text: 'one two three' },
  ],
  ['entities are characters', '&lt;a&gt; &amp; &quot;b&quot; &#39;c&#x27;', { text: '<a> & "b" \'c\'' }],
  ['an unescaped markup character', 'a < b', refused("can't parse entities: a bare < at '< b'")],
  ['an ampersand without an entity', 'this & that', refused("can't parse entities: a bare & at '& that'")],
  ['an unknown entity', 'a&nbsp;b', refused('can\'t parse entities: Unsupported entity "nbsp"')],
  ['an unknown tag', '<div>a</div>', refused('can\'t parse entities: Unsupported start tag "div"')],
  ['overlapping tags', '<b>a<i>b</b></i>', refused('can\'t parse entities: Unexpected end tag "b"')],
  ['an unclosed tag', '<b>a', refused('can\'t parse entities: Can\'t find end tag corresponding to start tag "b"')],
  ['an empty text', '<b> </b>', refused('message text is empty')],
  ['4,096 characters', 'a'.repeat(4096), { text: 'a'.repeat(4096) }],
  ['one character more', 'a'.repeat(4097), refused('message is too long')],
]
for (const [what, html, read] of table)
  test(`Telegram HTML: ${what}`, () => assert.deepEqual(readTelegramHtml(html), read))
