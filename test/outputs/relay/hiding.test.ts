import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { watching } from './watching-relay.ts'

// While lines do not arrive, the alerts on them end, and that says nothing.

/** A fault that may be reported ten seconds late. */
const hiding = { by: { LogAgentDown: 10 }, settles: { OnLines: 15 } }

// all wait for half a minute of grace
describe('RESOLVED of an alert on lines', { concurrency: true }, () => {
  test('waits while another alert says that lines do not arrive, and until it could fire again', async (t) => {
    const { channels, post, alertmanager } = await watching(t, { quietLimit: 600, hiding })
    alertmanager.active = [{ alertname: 'LogAgentDown', bot: 'tiny', instance: 'vlagent' }]
    await post('resolved', 'InGrace')
    await post('resolved', 'OnLines')
    await channels.until(({ text }) => text === 'InGrace')
    // longer than the fault may take to be reported
    for (const _ of Array.from({ length: 4 })) await alertmanager.asked()
    await post('firing', 'New')
    await channels.until(({ text }) => text === 'New')
    alertmanager.active = []
    await channels.until(({ text }) => text === 'OnLines')
    assert.deepEqual(
      channels.requests.map(({ text }) => text),
      ['InGrace', 'New', 'OnLines'],
    )
  })

  test('is never sent if its lines arrive after all', async (t) => {
    const { channels, post, alertmanager, figure } = await watching(t, { quietLimit: 600, hiding })
    alertmanager.active = [{ alertname: 'LogAgentDown', bot: 'tiny', instance: 'vlagent' }]
    await post('resolved', 'InGrace')
    await post('resolved', 'OnLines')
    await channels.until(({ text }) => text === 'InGrace')
    await alertmanager.asked()
    alertmanager.active = [{ alertname: 'OnLines', bot: 'tiny', evaluator: 'vmalert' }]
    await post('firing', 'OnLines')
    await channels.until(({ text }) => text === 'OnLines')
    while ((await figure('relay_withdrawn_resolved_total')) === 0) await alertmanager.asked()
    assert.deepEqual(
      channels.requests.map(({ text }) => text),
      ['InGrace', 'OnLines'],
    )
  })

  test('waits for an alert that is about to say so', async (t) => {
    const { channels, post, alertmanager } = await watching(t, { quietLimit: 600, hiding })
    await post('resolved', 'InGrace')
    await channels.until(({ text }) => text === 'InGrace')
    await post('resolved', 'OnLines')
    await post('resolved', 'OnMetrics')
    await channels.until(({ text }) => text === 'OnMetrics')
    alertmanager.active = [{ alertname: 'LogAgentDown', bot: 'tiny', instance: 'vlagent' }]
    for (const _ of Array.from({ length: 4 })) await alertmanager.asked()
    await post('firing', 'New')
    await channels.until(({ text }) => text === 'New')
    assert.deepEqual(
      channels.requests.map(({ text }) => text),
      ['InGrace', 'OnMetrics', 'New'],
    )
  })
})
