import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { watching } from './watching-relay.ts'

// The relay as a process beside a stand-in for Alertmanager's API whose Watchdog arrives every second, so that its limits are short.

// both wait for half a minute of grace
describe('the relay as a sentinel', { concurrency: true }, () => {
  test('after a start RESOLVED waits, and is then delivered unless its alert fires again', async (t) => {
    const { channels, post, alertmanager, figure } = await watching(t)
    alertmanager.active = [{ alertname: 'Again', bot: 'tiny' }]
    await post('resolved', 'Again')
    await post('resolved', 'Over')
    await post('firing', 'New')
    await channels.until(({ text }) => text === 'New')
    assert.deepEqual(
      channels.requests.map(({ text }) => text),
      ['New'],
    )
    await channels.until(({ text }) => text === 'Over')
    assert.equal(await figure('relay_withdrawn_resolved_total'), 1)
    assert.deepEqual(
      channels.requests.map(({ text }) => text),
      ['New', 'Over'],
    )
  })

  test('while a Watchdog is late RESOLVED waits, although nothing is reported as silent, and until everything has arrived again', async (t) => {
    const { channels, post, alertmanager, figure } = await watching(t, { quietLimit: 600 })
    await post('resolved', 'InGrace')
    await channels.until(({ text }) => text === 'InGrace')
    alertmanager.evaluates = false
    // longer than a Watchdog may take, and two looks
    await delay(28_000)
    await post('resolved', 'WhileLate')
    await post('firing', 'New')
    await channels.until(({ text }) => text === 'New')
    assert.deepEqual(
      channels.requests.map(({ text }) => text),
      ['InGrace', 'New'],
    )
    alertmanager.evaluates = true
    await channels.until(({ text }) => text === 'WhileLate')
    assert.equal(await figure('relay_source_silent{source="prometheus"}'), 0)
  })

  test('after another alert muted it RESOLVED waits until it could fire again, and is sent only if it does not', async (t) => {
    const { channels, post, alertmanager, figure } = await watching(t, { quietLimit: 600 })
    await post('resolved', 'InGrace')
    await channels.until(({ text }) => text === 'InGrace')
    alertmanager.active = [{ alertname: 'BotDown', bot: 'tiny', instance: 'one' }]
    await alertmanager.asked()
    await alertmanager.asked()
    alertmanager.active = []
    await post('resolved', 'Loss')
    await post('resolved', 'Over')
    await post('resolved', 'Unmuted')
    await channels.until(({ text }) => text === 'Unmuted')
    // it is only pending at first
    alertmanager.active = [{ alertname: 'Loss', bot: 'tiny', instance: 'one' }]
    await channels.until(({ text }) => text === 'Over')
    assert.equal(await figure('relay_withdrawn_resolved_total'), 1)
    assert.deepEqual(
      channels.requests.map(({ text }) => text),
      ['InGrace', 'Unmuted', 'Over'],
    )
  })

  test('a source that evaluates nothing raises the alert, and its return lists what fires and what does not, events apart', async (t) => {
    const { alertmanager, figure } = await watching(t)
    alertmanager.active = [
      { alertname: 'Stays', bot: 'tiny', env: 'live' },
      { alertname: 'Ends', bot: 'tiny', instance: 'tiny' },
      { alertname: 'Happened', bot: 'tiny' },
      { alertname: 'OfAnother', bot: 'tiny', evaluator: 'watchdog' },
    ]
    alertmanager.evaluates = false
    const raised = await alertmanager.posted(() => true)
    assert.deepEqual(raised.labels, { alertname: 'MonitoringStopped', bot: 'tiny', instance: 'prometheus' })
    assert.match(
      String(raised.annotations['summary']),
      /^for \d+s no evaluation of Prometheus has reached Alertmanager: nothing watches tiny now$/,
    )
    assert.equal(await figure('relay_source_silent{source="prometheus"}'), 1)
    alertmanager.active = alertmanager.active.filter(({ alertname }) => alertname === 'Stays')
    alertmanager.evaluates = true
    const over = await alertmanager.posted(({ annotations }) => 'resolved' in annotations)
    assert.match(
      String(over.annotations['resolved']),
      /^Prometheus evaluates alerts again after \S+\. Still firing: Stays \(live\)\. Fired before and does not now: Ends\.$/,
    )
    assert.ok(Date.parse(over.startsAt) < Date.parse(over.endsAt))
    assert.ok(Date.parse(over.endsAt) <= Date.now())
  })

  test(
    'a second source that is silent is reported in its own words, and holds back RESOLVED of its own alerts only',
    secondSource,
  )
})

async function secondSource(t: TestContext): Promise<void> {
  const { channels, post, alertmanager, figure } = await watching(t)
  await post('resolved', 'InGrace')
  await channels.until(({ text }) => text === 'InGrace')
  alertmanager.evaluatesLogs = false
  const raised = await alertmanager.posted(() => true)
  assert.deepEqual(raised.labels, {
    alertname: 'MonitoringStopped',
    bot: 'tiny',
    evaluator: 'vmalert',
    instance: 'vmalert',
  })
  assert.match(
    String(raised.annotations['summary']),
    /^for \d+s no evaluation of vmalert has reached Alertmanager: nothing watches the log of tiny now$/,
  )
  assert.deepEqual(
    [raised.annotations['description'], raised.annotations['steps']],
    ['The store is down.', 'Start it.'],
  )
  await post('resolved', 'OnLines')
  await post('resolved', 'OnMetrics')
  await channels.until(({ text }) => text === 'OnMetrics')
  assert.deepEqual(
    channels.requests.map(({ text }) => text),
    ['InGrace', 'OnMetrics'],
  )
  assert.equal(await figure('relay_source_silent{source="vmalert"}'), 1)
  assert.equal(await figure('relay_source_silent{source="prometheus"}'), 0)
  alertmanager.evaluatesLogs = true
  await channels.until(({ text }) => text === 'OnLines')
}
