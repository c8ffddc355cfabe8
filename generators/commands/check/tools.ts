import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Bot } from '../../../definitions/language/bot.ts'
import { amtool, dryRun, promtool } from '../../checks/allowed/checks.ts'
import type { CheckDescription, CheckFinding } from '../../checks/check.ts'
import { botSubject } from '../../checks/subjects.ts'
import { hostTopology } from '../../model/topology.ts'
import { alertmanagerOutput } from '../../outputs/alertmanager/alertmanager.ts'
import { logsOutput } from '../../outputs/logs/logs.ts'
import { panelRules, panelRulesPath } from '../../outputs/logs/panel-rules.ts'
import { prometheusOutput } from '../../outputs/prometheus/prometheus.ts'
import { rulesOutput } from '../../outputs/prometheus/rules.ts'
import { resolve } from '../../resolve/resolve.ts'
import { keepsLogs } from '../../stack/logs.ts'

/** What the servers' own checkers report about the generated files, and which of them are installed. */
interface Own {
  readonly findings: readonly CheckFinding[]
  readonly ran: readonly string[]
}

/** Runs promtool, amtool and, for a bot with events, vmalert, from PATH or from PROMTOOL, AMTOOL and VMALERT, on files written only for this check. */
export async function ownCheckers(bot: Bot): Promise<Own> {
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-check-'))
  try {
    const [env = 'paper'] = Object.keys(bot.environments)
    const topology = hostTopology({
      folder,
      secrets: join(folder, 'secrets'),
      targets: join(folder, 'targets.yml'),
      prometheus: '127.0.0.1:9090',
      alertmanager: '127.0.0.1:9093',
      relay: '127.0.0.1:9095',
      nodeExporter: '127.0.0.1:9100',
      env,
    })
    const { model } = resolve(bot, topology)
    const outputs = [
      prometheusOutput,
      rulesOutput,
      alertmanagerOutput,
      ...(keepsLogs(bot) ? [logsOutput, panelRules] : []),
    ]
    for (const [path, text] of outputs.flatMap((output) => [...output(model)])) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    writeFileSync(join(folder, 'targets.yml'), '[]\n')
    const said = await Promise.all([
      asked(promtool, process.env['PROMTOOL'] ?? 'promtool', [
        'check',
        'config',
        '--lint=all',
        '--lint-fatal',
        join(folder, 'prometheus/prometheus.yml'),
      ]),
      asked(amtool, process.env['AMTOOL'] ?? 'amtool', ['check-config', join(folder, 'alertmanager/alertmanager.yml')]),
      ...(keepsLogs(bot)
        ? [
            asked(dryRun, process.env['VMALERT'] ?? 'vmalert', [
              '-dryRun',
              `-rule=${join(folder, 'logs/alerts.yml')}`,
              `-rule=${join(folder, panelRulesPath)}`,
            ]),
          ]
        : []),
    ])
    return {
      ran: said.flatMap((one) => (one.ran ? [one.of.name] : [])),
      findings: said.flatMap(({ of, wrong }) =>
        wrong === null
          ? []
          : [
              {
                ...botSubject(bot),
                code: of.code,
                name: of.name,
                severity: of.severity,
                message: `${of.name} rejects the generated files: ${wrong.replaceAll(`${folder}/`, '')}`,
                fix: 'fix what it names; if no definition contains it, this is a bug in botwatch',
                in: null,
              },
            ],
      ),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Said {
  readonly of: CheckDescription
  readonly ran: boolean
  /** Its complaint; null if it has none or is not installed. */
  readonly wrong: string | null
}

const asked = (of: CheckDescription, command: string, args: readonly string[]): Promise<Said> =>
  new Promise((resolve) => {
    const [program = '', ...before] = command.split(' ')
    const child = spawn(program, [...before, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (more: string) => {
        text += more
      })
    child.on('error', () => resolve({ of, ran: false, wrong: null }))
    child.on('close', (code) => {
      const lines = text
        .split('\n')
        .filter((line) => /FAILED|error|lint|duplicate|invalid/i.test(line) && !/SUCCESS/.test(line))
      resolve({ of, ran: true, wrong: code === 0 ? null : (lines.length > 0 ? lines : [text]).join(' ').trim() })
    })
  })
