import assert from 'node:assert/strict'
import { test } from 'node:test'
import { act } from '../../definitions/language/index.ts'
import { allOutputs, type OutputName } from '../../definitions/language/output.ts'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { generatedFiles } from '../../generators/outputs/outputs.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { logsBot } from '../fixtures/logs-bot.ts'
import { modelOf, smallBot } from '../fixtures/small-bot.ts'

const choosing = (...outputs: readonly OutputName[]) => resolve({ ...smallBot(), outputs }, containerTopology)
const folders = async (...outputs: readonly OutputName[]) => {
  const files = await generatedFiles(choosing(...outputs).model)
  return [...new Set([...files.keys()].map((path) => path.split('/')[0]))].sort()
}

test('a bot that chooses no outputs gets all of them', () => {
  assert.deepEqual(mcbot.outputs, allOutputs)
})

for (const [outputs, expected] of [
  [['prometheus'], ['prometheus']],
  [['grafana'], ['grafana']],
  [
    ['prometheus', 'alertmanager'],
    ['alertmanager', 'prometheus', 'relay'],
  ],
  [
    ['runbooks', 'reference', 'grafana'],
    ['docs', 'grafana', 'runbooks'],
  ],
  [
    ['contract', 'python'],
    ['contract.json', 'python'],
  ],
  [
    ['prometheus', 'alertmanager', 'grafana', 'compose'],
    [
      '.dockerignore',
      '.env.example',
      'Dockerfile.grafana',
      'Dockerfile.prometheus',
      'alertmanager',
      'docker-compose.yaml',
      'grafana',
      'prometheus',
      'relay',
      'restart',
    ],
  ],
] as const)
  test(`the outputs ${outputs.join(', ')} write their own files and folders and nothing else`, async () => {
    assert.deepEqual(await folders(...outputs), expected)
  })

test('an output that refers to the files of one that is left out is reported, with everything that is missing', () => {
  assert.deepEqual(
    choosing('compose', 'prometheus', 'runbooks', 'grafana').findings.map(({ of, code, message, fix }) => [
      of,
      code,
      message,
      fix,
    ]),
    [
      [
        'bot tiny',
        'output-missing',
        'its output compose mounts the files of the output alertmanager, which it leaves out',
        "add 'alertmanager' to its outputs, or remove 'compose'",
      ],
      [
        'bot tiny',
        'output-missing',
        'its output runbooks links to the files of the output reference, which it leaves out',
        "add 'reference' to its outputs, or remove 'runbooks'",
      ],
    ],
  )
})

const withoutLogs = (outputs: readonly OutputName[]) =>
  resolve({ ...logsBot, outputs }, containerTopology)
    .findings.filter(({ of }) => of === 'bot tb')
    .map(({ of, code, message, fix }) => [of, code, message, fix])

const lostAlerts = [
  'bot tb',
  'output-missing',
  'it leaves out the output logs, which alone writes the rules of its alerts on lines of the log: OrdersFailing, FillsSlow and NoHeartbeat could never fire',
  "add 'logs' to its outputs, or remove its alerts on lines",
]
const lostPanels = [
  'bot tb',
  'output-missing',
  'it leaves out the output logs, without which nothing stores the lines that its panels ask for: Log/Failures, Log/Sold and Log/Latency would only show an error',
  "add 'logs' to its outputs, or remove its panels on lines",
]

test('alerts and panels on lines of the log are reported if the output that keeps them is left out', () => {
  assert.deepEqual(withoutLogs(allOutputs), [])
  assert.deepEqual(withoutLogs(allOutputs.filter((name) => name !== 'logs')), [lostAlerts, lostPanels])
  assert.deepEqual(withoutLogs(['prometheus', 'grafana']), [lostAlerts, lostPanels])
  assert.deepEqual(withoutLogs(['runbooks', 'reference']), [lostAlerts])
  assert.deepEqual(withoutLogs(['grafana']), [lostPanels])
  assert.deepEqual(withoutLogs(['contract', 'python']), [])
})

test('without dashboards no rule or runbook links to a panel, and without runbooks no rule links to one', async () => {
  const bot = { ...smallBot(), outputs: ['prometheus', 'runbooks', 'reference'] as const }
  const [, drawdown] = Object.entries(bot.alerts).find(([, { name }]) => name === 'HighDrawdown') ?? []
  assert.ok(drawdown)
  const runbook = { ...drawdown.runbook, steps: [...drawdown.runbook.steps, act('Close the position.')] as const }
  const alerts = bot.alerts.map((alert) => (alert === drawdown ? { ...drawdown, runbook } : alert))
  const files = await generatedFiles(modelOf({ ...bot, alerts: alerts as never }))
  for (const [path, text] of files) assert.doesNotMatch(text, /panel_url|\/d\/tiny-|Look at/, path)
  assert.match(files.get('runbooks/HighDrawdown.md') ?? '', /Close the position\./)
  assert.match(files.get('prometheus/alerts.yml') ?? '', /runbook: runbooks\/HighDrawdown\.md/)
  const rulesAlone = await generatedFiles(choosing('prometheus', 'grafana').model)
  assert.doesNotMatch(rulesAlone.get('prometheus/alerts.yml') ?? '', /runbook/)
})

test('a runbook that only looks at panels is reported if no dashboards are written', () => {
  assert.deepEqual(
    choosing('prometheus').findings.map(({ of, code, message, fix }) => [of, code, message, fix]),
    [
      [
        'alert HighDrawdown',
        'runbook-only-panels',
        'its runbook only looks at panels, but the bot leaves out the output grafana, which writes them',
        "add a step that needs no panel, or add 'grafana' to the bot's outputs",
      ],
    ],
  )
})
