import type { AnyAlert } from '../../definitions/language/alert.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import { defect } from '../../definitions/language/defect.ts'
import type { OutputName } from '../../definitions/language/output.ts'
import type { AnyPanel } from '../../definitions/language/panel.ts'
import type { AnyRunbook, Step } from '../../definitions/language/runbook.ts'
import { type Finding, finding } from '../model/finding.ts'
import { listText } from '../text/list-text.ts'
import type { Pass } from './pass.ts'

/** Removes what a left-out output would have written: without grafana there are no panels to look at. */
export const outputsPass: Pass = (bot, draft) => {
  const hasPanels = bot.outputs.includes('grafana')
  return {
    bot: hasPanels ? bot : withoutPanels(bot),
    draft,
    findings: [
      ...missing(bot),
      ...withoutLog(bot),
      ...(hasPanels ? [] : bot.alerts.filter(onlyLooks).map(nothingLeft)),
    ],
  }
}

/** Which outputs an output refers to, and how. */
const needs: Partial<Readonly<Record<OutputName, { readonly outputs: readonly OutputName[]; readonly how: string }>>> =
  {
    compose: { outputs: ['prometheus', 'alertmanager', 'grafana'], how: 'mounts' },
    runbooks: { outputs: ['reference'], how: 'links to' },
    reference: { outputs: ['runbooks'], how: 'links to' },
  }

const missing = (bot: Bot): readonly Finding[] =>
  bot.outputs.flatMap((name) => {
    const need = needs[name]
    return (need?.outputs ?? [])
      .filter((other) => !bot.outputs.includes(other))
      .map((other) =>
        finding(
          { of: `bot ${bot.name}`, key: bot.name, where: bot.where },
          defect(
            'output-missing',
            `its output ${name} ${need?.how} the files of the output ${other}, which it leaves out`,
            `add '${other}' to its outputs, or remove '${name}'`,
          ),
        ),
      )
  })

/** The outputs that write alerts or describe them: a bot that leaves all of them out wants none. */
const showAlerts: readonly OutputName[] = ['prometheus', 'alertmanager', 'compose', 'runbooks', 'reference']

/** What asks for lines of a log that no output of the bot keeps. */
function withoutLog(bot: Bot): readonly Finding[] {
  if (bot.outputs.includes('logs')) return []
  const chosen = (outputs: readonly OutputName[]) => outputs.some((name) => bot.outputs.includes(name))
  const counting = bot.alerts.filter(({ lines }) => lines !== null).map(({ name }) => name)
  const showing = Object.values(bot.dashboards)
    .flatMap(({ panels }) => Object.values(panels))
    .filter(asksForLines)
    .map(({ name }) => name)
  const left = (message: string, fix: string): Finding =>
    finding({ of: `bot ${bot.name}`, key: bot.name, where: bot.where }, defect('output-missing', message, fix))
  return [
    ...(counting.length > 0 && chosen(showAlerts)
      ? [
          left(
            `it leaves out the output logs, which alone writes the rules of its alerts on lines of the log: ${listText(counting)} could never fire`,
            "add 'logs' to its outputs, or remove its alerts on lines",
          ),
        ]
      : []),
    ...(showing.length > 0 && chosen(['grafana'])
      ? [
          left(
            `it leaves out the output logs, without which nothing stores the lines that its panels ask for: ${listText(showing)} would only show an error`,
            "add 'logs' to its outputs, or remove its panels on lines",
          ),
        ]
      : []),
  ]
}

const asksForLines = ({ lines, figures }: AnyPanel): boolean => lines !== null || figures.length > 0

const isLook = ({ kind }: Step): boolean => kind === 'look'
const onlyLooks = ({ runbook }: AnyAlert): boolean => runbook.steps.every(isLook)

const nothingLeft = ({ name, key, where }: AnyAlert): Finding =>
  finding(
    { of: `alert ${name}`, key, where },
    defect(
      'runbook-only-panels',
      'its runbook only looks at panels, but the bot leaves out the output grafana, which writes them',
      "add a step that needs no panel, or add 'grafana' to the bot's outputs",
    ),
  )

function withoutPanels(bot: Bot): Bot {
  const made = new Map<AnyAlert, AnyAlert>()
  const bare = (alert: AnyAlert): AnyAlert => {
    const known = made.get(alert)
    if (known !== undefined) return known
    const [first, ...more] = alert.runbook.steps.filter((step) => !isLook(step))
    // A runbook that only looks at panels is rejected, and stays as it was written.
    const steps: AnyRunbook['steps'] =
      first === undefined ? alert.runbook.steps : Object.freeze([first, ...more] as const)
    const runbook = Object.freeze({ ...alert.runbook, steps })
    const mutedBy = Object.freeze(alert.mutedBy.map(bare))
    const next = Object.freeze({ ...alert, runbook, mutedBy, marks: Object.freeze([]) })
    made.set(alert, next)
    return next
  }
  return Object.freeze({ ...bot, dashboards: Object.freeze({}), alerts: Object.freeze(bot.alerts.map(bare)) })
}
