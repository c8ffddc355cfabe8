import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Bot } from '../../../definitions/language/index.ts'
import { alertmanagerOutput } from '../../../generators/outputs/alertmanager/alertmanager.ts'
import { runTool, temporaryFolder, writeAll } from '../../fixtures/on-disk.ts'
import { modelOf } from '../../fixtures/small-bot.ts'
import { needs } from '../../servers/skipped.ts'

export type Words = Readonly<Record<string, string>>
/** An alert in a message's template data. */
export interface MessageAlert {
  readonly status: 'firing' | 'resolved'
  readonly labels: Words
  readonly annotations: Words
}

/** What a person reads on each channel. */
interface RenderedMessage {
  readonly telegram: string
  readonly title: string
  readonly discord: string
}

/** Renders alerts of one group through amtool, as Alertmanager would for each channel of a bot. */
export async function renderer(t: TestContext, bot: Bot) {
  const tools = await needs(t, 'amtool')
  if (!tools) return undefined
  const folder = temporaryFolder(t)
  writeAll(folder, alertmanagerOutput(modelOf(bot)))
  const data = join(folder, 'data.json')
  const asked = async (type: 'html' | 'text', template: string) => {
    const { code, stdout, output } = await runTool(
      tools.amtool,
      'template',
      'render',
      `--template.glob=${join(folder, 'alertmanager/templates')}/*.tmpl`,
      `--template.text=${template}`,
      `--template.data=${data}`,
      `--template.type=${type}`,
    )
    assert.equal(code, 0, output)
    return stdout
  }
  return async (alerts: readonly MessageAlert[]): Promise<RenderedMessage> => {
    const commonLabels = Object.fromEntries(
      Object.entries(alerts[0]?.labels ?? {}).filter(([label, value]) =>
        alerts.every((a) => a.labels[label] === value),
      ),
    )
    const times = { startsAt: '2025-11-20T10:00:00Z', endsAt: '2025-11-20T10:20:03Z' }
    const status = alerts.some((a) => a.status === 'firing') ? 'firing' : 'resolved'
    writeFileSync(data, JSON.stringify({ status, commonLabels, alerts: alerts.map((a) => ({ ...a, ...times })) }))
    const [telegram, both] = await Promise.all([
      asked('html', '{{ template "telegram" . }}'),
      asked('text', '{{ template "discord.title" . }}\u0001{{ template "discord.message" . }}'),
    ])
    const [title = '', discord = ''] = both.split('\u0001')
    // amtool ends its output with a line break
    return { telegram: telegram.replace(/\n$/, ''), title, discord: discord.replace(/\n$/, '') }
  }
}
