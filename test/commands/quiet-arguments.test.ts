import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { arbot } from '../../definitions/arbot/index.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { runCommandLine } from '../../generators/command-line/run.ts'
import { atAlertmanager } from '../../generators/commands/quiet.ts'
import { commands } from '../../generators/commands/table.ts'
import { composeStandIn } from './compose-stand-in.ts'
import { stackFolder } from './stack-folder.ts'

const withoutAlertmanager: Bot = { ...arbot, outputs: arbot.outputs.filter((name) => name !== 'alertmanager') }

const misused: readonly (readonly [args: string, problem: string])[] = [
  ['15', "invalid value '15' for DURATION: expected a duration such as 15m or 1h30m, at most 24h"],
  ['25h --why deploy', "invalid value '25h' for DURATION: expected a duration such as 15m or 1h30m, at most 24h"],
  ['0s --why deploy', "invalid value '0s' for DURATION: expected a duration such as 15m or 1h30m, at most 24h"],
  ['15m 15m --why deploy', 'unexpected argument 15m'],
  ['15m', 'a quiet needs a reason: --why deploy'],
  ['--why deploy', '--why needs a duration, such as 15m'],
  ['15m --end', '--end ends what is quiet now, so it takes no duration'],
  ['15m --why=', "invalid value '' for --why: expected a reason"],
]
for (const [args, problem] of misused)
  test(`botwatch quiet ${args} is rejected`, async () => {
    const [out, err]: [string[], string[]] = [[], []]
    const streams = { out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) }
    const code = await runCommandLine(['quiet', ...args.split(' ')], commands, () => '', streams)
    assert.deepEqual(
      { code, out, err },
      { code: 2, out: [], err: [`botwatch quiet: ${problem}\n`, 'see botwatch quiet --help\n'] },
    )
  })

test('Alertmanager is found from the stack and its .env', async (t) => {
  const engine = await composeStandIn(t)
  if (engine === null) return
  const folder = await stackFolder(t)
  writeFileSync(join(folder, '.env'), 'GRAFANA_PASSWORD=x\nALERTMANAGER_PORT=19093\n', { mode: 0o600 })
  const found: string[] = []
  const stack = { bot: mcbot, folder, compose: engine.compose, say: () => {} }
  const note = async ({ bot, alertmanager }: { readonly bot: Bot; readonly alertmanager: string }) => {
    found.push(`${bot.name} at ${alertmanager}`)
    return []
  }
  assert.deepEqual(await atAlertmanager(stack, note), [])
  assert.deepEqual(await atAlertmanager({ ...stack, bot: withoutAlertmanager }, note), [
    'the alerts of arbot are not sent by Alertmanager: mute them where they are sent.',
  ])
  assert.deepEqual(found, ['mcbot at http://127.0.0.1:19093'])
})
