import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alertmanagerOutput } from '../../generators/outputs/alertmanager/alertmanager.ts'
import { modelOf } from '../fixtures/small-bot.ts'
import { drill, drillBot, drillEnds, drillSilence, inWords } from './drill.ts'
import { messagesOf } from './messages.ts'
import { readRouting } from './routing.ts'

test('alerts become the messages that Alertmanager sends', () => {
  const text = alertmanagerOutput(modelOf(drillBot())).get('alertmanager/alertmanager.yml') ?? ''
  const messages = messagesOf(drill, { routing: readRouting(text), silences: [drillSilence], until: drillEnds })
  assert.deepEqual(
    messages.map((message) => `${message.at} ${inWords(message)}`),
    [
      '2 discord-live FIRING BotDown one',
      '2 discord-paper FIRING HighDrawdown three',
      '2 telegram-live FIRING BotDown one',
      '3 discord-paper FIRING HighDrawdown two',
      '7 discord-paper FIRING BotDown three',
      // a second symbol joins the group, and leaves it
      '9 discord-paper FIRING HighDrawdown two',
      '15 discord-paper FIRING HighDrawdown two',
      // a reminder
      '20 discord-live FIRING BotDown one',
      '20 telegram-live FIRING BotDown one',
      // it was silenced, and then muted
      '22 discord-paper FIRING Errors four',
      '25 discord-paper RESOLVED BotDown three',
      '32 discord-live RESOLVED BotDown one',
      '32 telegram-live RESOLVED BotDown one',
      '33 discord-paper FIRING HighDrawdown two',
      '40 discord-paper FIRING Errors four',
      '51 discord-paper FIRING HighDrawdown two',
      '58 discord-paper FIRING Errors four',
      // over for 50 seconds: Prometheus says so again, and nothing mutes it any more
      '61 discord-paper RESOLVED HighDrawdown three',
      // the reminder has made Alertmanager forget that it has reported the end of the second symbol
      '63 discord-paper FIRING HighDrawdown two',
    ],
  )
})

test('what is over while it is muted is resolved when the relay has Alertmanager look again', () => {
  const text = alertmanagerOutput(modelOf(drillBot())).get('alertmanager/alertmanager.yml') ?? ''
  const firing = (alertname: string, severity: string, from: number, to: number) => ({
    labels: { alertname, severity, bot: 'tiny', env: 'paper', instance: 'one' },
    since: from,
    from,
    to,
  })
  const told = (looksAgain: boolean) =>
    messagesOf([firing('HighDrawdown', 'warning', 0, 20), firing('BotDown', 'critical', 10, 7200)], {
      routing: readRouting(text),
      looksAgain,
      until: 7300,
    })
      .filter(({ status, alert }) => status === 'RESOLVED' || alert !== 'BotDown')
      .map((message) => `${message.at} ${inWords(message)}`)
  assert.deepEqual(told(false), ['2 discord-paper FIRING HighDrawdown one', '7200 discord-paper RESOLVED BotDown one'])
  assert.deepEqual(told(true), [
    '2 discord-paper FIRING HighDrawdown one',
    '7200 discord-paper RESOLVED BotDown one',
    '7205 discord-paper RESOLVED HighDrawdown one',
  ])
})
