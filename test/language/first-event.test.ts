import assert from 'node:assert/strict'
import { test } from 'node:test'
import { increase, increaseFromZero } from '../../definitions/language/index.ts'
import { print } from '../../generators/promql/print.ts'
import { prometheusWith } from '../promql/prometheus.ts'
import { m } from './metrics.ts'

const end = 1_750_000_000
const minutes = 60
const target = (instance: string) => `bot="bot",env="live",instance="${instance}",job="bot"`

/** Samples every 15 seconds of the last half hour; undefined if a scrape returned nothing. */
const curve = (name: string, labels: string, at: (secondsAgo: number) => number | undefined): string[] =>
  Array.from({ length: 121 }, (_, i) => 1800 - i * 15).flatMap((ago) => {
    const value = at(ago)
    return value === undefined ? [] : [`${name}{${labels}} ${value} ${end - ago}`]
  })

const fees = (instance: string, at: (secondsAgo: number) => number | undefined) =>
  curve('bot_fees_usdt_total', `symbol="BTC",${target(instance)}`, at)
const started = (instance: string, secondsAgo: number) =>
  curve('bot_start_timestamp', target(instance), (ago) => (ago <= secondsAgo ? end - secondsAgo : undefined))
const up = (instance: string, at: (secondsAgo: number) => number | undefined = () => 1) =>
  curve('up', target(instance), at)

/** The time around the start of the window, five minutes ago. */
const around = (ago: number) => ago > 2 * minutes && ago < 11 * minutes

const stories: readonly (readonly [string, readonly string[], { increase: number; fromZero: number }])[] = [
  [
    'a series started at 1 two minutes ago',
    [...up('a'), ...fees('a', (ago) => (ago <= 2 * minutes ? 1 : undefined))],
    { increase: 0, fromZero: 1 },
  ],
  ['an old series did not change', [...up('a'), ...fees('a', () => 1000)], { increase: 0, fromZero: 0 }],
  [
    'scrapes failed around the start of the window',
    [...up('a', (ago) => (around(ago) ? 0 : 1)), ...fees('a', (ago) => (around(ago) ? undefined : 1000))],
    { increase: 0, fromZero: 0 },
  ],
  [
    'Prometheus itself was down around the start of the window',
    [...up('a', (ago) => (around(ago) ? undefined : 1)), ...fees('a', (ago) => (around(ago) ? undefined : 1000))],
    { increase: 0, fromZero: 0 },
  ],
  [
    'another instance existed the whole time',
    [...up('a'), ...up('b'), ...fees('a', () => 7), ...fees('b', (ago) => (ago <= 2 * minutes ? 3 : undefined))],
    { increase: 0, fromZero: 3 },
  ],
]

for (const [story, samples, expected] of stories)
  test(`increaseFromZero counts the first event and nothing else: ${story}`, async (t) => {
    const prometheus = await prometheusWith(t, `${samples.join('\n')}\n# EOF\n`)
    if (!prometheus) return
    const total = async (node: Parameters<typeof print>[0]) =>
      (await prometheus.query(print(node), end)).reduce((sum, { value }) => sum + value, 0)
    assert.deepEqual(
      {
        increase: await total(increase(m.fees_usdt_total, '5m').node),
        fromZero: await total(increaseFromZero(m.fees_usdt_total, '5m').node),
      },
      expected,
    )
  })

/** A bot that was down, or restarted, and what it counted; `withStart` is the growth if its start is known. */
const restarts: readonly (readonly [string, readonly string[], { fromZero: number; withStart: number }])[] = [
  [
    'the first event came at the start, after eleven minutes down',
    [
      ...up('a', (ago) => (ago > 1 * minutes && ago <= 12 * minutes ? 0 : 1)),
      ...started('a', 1 * minutes),
      ...fees('a', (ago) => (ago <= 1 * minutes ? 1 : undefined)),
    ],
    { fromZero: 0, withStart: 1 },
  ],
  [
    'the counter was 1 before a restart and is 1 after it',
    [...up('a'), ...started('a', 2 * minutes), ...fees('a', () => 1)],
    { fromZero: 0, withStart: 1 },
  ],
  [
    'the counter fell in a restart, and the process before had counted more',
    [
      ...up('a'),
      ...started('a', 2 * minutes),
      ...fees('a', (ago) => (ago > 4 * minutes ? 3 : ago > 2 * minutes ? 7 : 0)),
    ],
    { fromZero: 4, withStart: 4 },
  ],
  [
    'a series is younger than the window, and its process restarted after most of what it counted',
    [
      ...up('a'),
      ...started('a', 2 * minutes),
      ...fees('a', (ago) => (ago > 4 * minutes ? undefined : ago > 3 * minutes ? 1 : ago > 2 * minutes ? 41 : 1)),
    ],
    // exactly 41, which increase() extrapolates to the time before the first sample
    { fromZero: 42, withStart: 42 },
  ],
  [
    'the process started before the window',
    [...up('a'), ...started('a', 6 * minutes), ...fees('a', () => 7)],
    { fromZero: 0, withStart: 0 },
  ],
  [
    'Prometheus itself was down, and the process was not',
    [
      ...up('a', (ago) => (around(ago) ? undefined : 1)),
      ...started('a', 30 * minutes),
      ...fees('a', (ago) => (around(ago) ? undefined : 1000)),
    ],
    { fromZero: 0, withStart: 0 },
  ],
  [
    'another process started',
    [...up('a'), ...up('b'), ...started('a', 30 * minutes), ...started('b', 2 * minutes), ...fees('a', () => 7)],
    { fromZero: 0, withStart: 0 },
  ],
]

for (const [story, samples, expected] of restarts)
  test(`increaseFromZero with the start of the process counts what it counted: ${story}`, async (t) => {
    const prometheus = await prometheusWith(t, `${samples.join('\n')}\n# EOF\n`)
    if (!prometheus) return
    const total = async (node: Parameters<typeof print>[0]) =>
      (await prometheus.query(print(node), end)).reduce((sum, { value }) => sum + Math.round(value), 0)
    assert.deepEqual(
      {
        fromZero: await total(increaseFromZero(m.fees_usdt_total, '5m').node),
        withStart: await total(increaseFromZero(m.fees_usdt_total, '5m', m.start_timestamp).node),
      },
      expected,
    )
  })
