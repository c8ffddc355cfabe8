import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type AnyAlert,
  act,
  alert,
  alerts,
  type Runbook,
  type Severity,
  type Tier,
  text,
  tier,
  tiers,
} from '../../definitions/language/index.ts'
import { print } from '../../generators/promql/print.ts'
import { m } from './metrics.ts'

const runbook: Runbook = { cause: 'x', steps: [act('y')] }
const { Down } = alerts({ Down: alert({ when: m.queue_depth.lt(0), severity: 'critical', summary: 'x', runbook }) })
const deep = ({ severity, limit }: Tier<Severity, number>): AnyAlert =>
  alert({
    when: m.queue_depth.gt(limit),
    severity,
    summary: (_, value) => text`${value} wait, limit ${limit}`,
    runbook,
    mutedBy: [Down],
  })

const shown = (group: Readonly<Record<string, AnyAlert>>) =>
  Object.values(group).map(({ name, severity, when, mutedBy, summary, defects }) => [
    name,
    severity,
    print(when),
    mutedBy.map((cause) => cause.name),
    summary.text.at(-1),
    defects.map(({ message }) => message),
  ])

test('each tier has its limit and severity, and is muted by its own causes and by every worse tier', () => {
  const group = tiers({ Worst: tier('critical', 90), Worse: tier('critical', 50), Bad: tier('warning', 10) }, deep)
  assert.deepEqual(shown(group), [
    ['Worst', 'critical', 'bot_queue_depth > 90', ['Down'], '90', []],
    ['Worse', 'critical', 'bot_queue_depth > 50', ['Down', 'Worst'], '50', []],
    ['Bad', 'warning', 'bot_queue_depth > 10', ['Down', 'Worst', 'Worse'], '10', []],
  ])
  // another alert can be muted by a tier, with its severity known to the compiler
  alert({ when: m.queue_depth.gt(5), severity: 'critical', summary: 'x', runbook, mutedBy: [group.Worst] })
})

test('a tier that is worse than the one before it is refused, since it would be muted', () => {
  const group = tiers({ Bad: tier('warning', 10), Worst: tier('critical', 90) }, deep)
  assert.deepEqual(group.Worst.defects, [
    {
      code: 'tiers-order',
      message: 'critical, but it comes after Bad, which is only warning and would mute it',
      fix: 'write the worst tier first',
    },
  ])
})

test('the place of a tier is that of its group', () => {
  const group = tiers({ Worst: tier('critical', 90) }, deep)
  assert.match(group.Worst.where.stack ?? '', /^[^\n]*\n\s+at [^\n]*tiers\.test\.ts:\d+/)
})
