import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { bots } from '../../../definitions/index.ts'
import { mcbot } from '../../../definitions/mcbot/index.ts'
import { containerTopology } from '../../../generators/model/topology.ts'
import { referenceOutput } from '../../../generators/outputs/reference/reference.ts'
import { runbooksOutput } from '../../../generators/outputs/runbooks/runbooks.ts'
import { resolve } from '../../../generators/resolve/resolve.ts'
import { expectFolder } from '../../fixtures/expected.ts'
import { otherHost } from '../../fixtures/other-host.ts'
import { referenceBot, referenceModel } from '../../fixtures/reference-bot.ts'
import { deadLinks, panelPathsIn, panelPathsOf, unformattedPages } from './pages.ts'

test('the runbooks of a small bot, in full', () => {
  expectFolder(
    join(import.meta.dirname, 'reference-small/runbooks'),
    unformattedPages(runbooksOutput(referenceModel), 'runbooks'),
  )
})

test('a page says where to run its commands, and only for commands that it has', () => {
  const files = runbooksOutput(resolve(mcbot, containerTopology).model)
  const said = (alert: string) =>
    (files.get(`runbooks/${alert}.md`) ?? '').split('\n').filter((line) => /^Run `(?:docker compose|make)` /.test(line))
  const compose =
    'Run `docker compose` in the folder of the stack, next to `docker-compose.yaml`. If `BOT_TARGET` names a bot that runs elsewhere, its process and its log are there.'
  const make = 'Run `make` at the top of the clone of botwatch.'
  assert.deepEqual(said('BotDown'), [compose])
  assert.deepEqual(said('NotificationsFailing'), [compose, make])
  assert.deepEqual(said('HighDrawdown'), [])
})

test('an alert on events says that it is never resolved', () => {
  const page = runbooksOutput(resolve(mcbot, containerTopology).model).get('runbooks/RiskCritical.md') ?? ''
  assert.deepEqual(
    page
      .slice(page.indexOf('## How it notifies'), page.indexOf('## How it differs'))
      .split('\n')
      .filter((line) => /flaps|RESOLVED|keeps firing/.test(line)),
    [
      '- At most one FIRING notification per environment and instance every 5 minutes, even if the alert flaps. Another series joining the alert can be delayed by the same time.',
      '- It reports an event, which has no end: RESOLVED is never sent. Another event while it fires sends no notification of its own.',
      '- It keeps firing for 3 minutes after the condition ends, so that an event that only one evaluation sees is sent as well.',
    ],
  )
})

for (const definition of [...bots, referenceBot]) {
  const { model } = resolve(definition, containerTopology)
  const { bot } = model
  const files = runbooksOutput(model)

  test(`${bot.name}: every alert has a page with its name, and the index links to each`, () => {
    assert.deepEqual(
      [...files.keys()],
      ['runbooks/README.md', ...bot.alerts.map((alert) => `runbooks/${alert.name}.md`)],
    )
    const index = files.get('runbooks/README.md') ?? ''
    for (const alert of bot.alerts) assert.ok(index.includes(`[\`${alert.name}\`](${alert.name}.md)`), alert.name)
  })

  test(`${bot.name}: every panel that a runbook links to exists`, () => {
    const looks = bot.alerts.flatMap((alert) => alert.runbook.steps).filter((step) => step.kind === 'look').length
    const named = panelPathsIn(files)
    assert.equal(named.length, looks)
    const there = new Set(panelPathsOf(model))
    assert.deepEqual(
      named.filter((path) => !there.has(path)),
      [],
    )
  })

  test(`${bot.name}: no link in a runbook is dead`, () => {
    assert.deepEqual(
      deadLinks(new Map([...files, ...referenceOutput(model)])).filter((link) => link.startsWith('runbooks/')),
      [],
    )
  })

  test(`${bot.name}: two runs write the same bytes, wherever the servers listen`, () => {
    assert.deepEqual(runbooksOutput(resolve(definition, otherHost).model), files)
  })
}

test('the steps come before explanations', () => {
  const page = runbooksOutput(referenceModel).get('runbooks/HighSlippage.md') ?? ''
  const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, words]) => words)
  assert.deepEqual(headings, [
    'What it means',
    'Act now',
    'Look',
    'When it fires',
    'How it notifies',
    'How it differs from the document',
  ])
})
