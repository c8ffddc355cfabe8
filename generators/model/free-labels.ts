import type { Bot, FixedTarget } from '../../definitions/language/bot.ts'
import { type Defect, defect } from '../../definitions/language/defect.ts'
import { targetLabels } from '../../definitions/language/label.ts'

/** The labels that the owner's targets have in addition to bot, env, instance and job, such as `account`: in order, each once. */
export const freeLabelsOf = ({ targets }: Pick<Bot, 'targets'>): readonly string[] =>
  [...new Set(targets.flatMap(({ labels }) => Object.keys(labels ?? {})))].sort()

/** The values of all free labels on a target with these labels; a missing one is empty, as in Prometheus. */
export const freeLabelsAt = (
  free: readonly string[],
  labels: FixedTarget['labels'],
): Readonly<Record<string, string>> => Object.fromEntries(free.map((label) => [label, labels?.[label] ?? '']))

/** What is wrong with the free labels of a bot's targets. */
export function freeLabelDefects(bot: Bot): readonly Defect[] {
  const free = freeLabelsOf(bot)
  const boards = Object.values(bot.dashboards)
  return [
    ...free
      .filter((label) => !/^[a-z][a-z0-9_]*$/.test(label) || reserved.has(label))
      .map((label) =>
        defect(
          'target-label-name',
          reserved.has(label)
            ? `a target has the label ${label}, which Prometheus or Alertmanager sets itself`
            : `the target label '${label}' becomes part of variable and setting names: use lower-case letters, digits and _ only`,
          'rename it',
        ),
      ),
    ...(free.length <= most
      ? []
      : [
          defect(
            'target-label-count',
            `its targets have ${free.length} labels of their own (${free.join(', ')}), but messages and legends have room for ${most}`,
            'remove those that nobody needs',
          ),
        ]),
    ...free.flatMap((label) =>
      boards
        .filter((board) => label in board.variables)
        .map((board) =>
          defect(
            'target-label-variable',
            `each dashboard gets a variable for the target label ${label}, but the dashboard ${board.title} defines a variable with that name`,
            'rename one of them',
          ),
        ),
    ),
    ...same(bot, free).map(([target, other]) =>
      defect(
        'target-twice',
        `the targets ${target.address} and ${other.address} are both ${target.instance} in ${target.env}, with the same labels: Prometheus could not tell them apart`,
        'give each its own instance',
      ),
    ),
  ]
}

const most = 5
const reserved: ReadonlySet<string> = new Set([
  ...targetLabels,
  ...['le', 'quantile', 'alertname', 'alertstate', 'severity', 'grafana_url', 'runbook_url'],
])

function same({ targets }: Bot, free: readonly string[]): readonly (readonly [FixedTarget, FixedTarget])[] {
  const first = new Map<string, FixedTarget>()
  return targets.flatMap((target) => {
    const key = JSON.stringify([target.env, target.instance, freeLabelsAt(free, target.labels)])
    const other = first.get(key)
    if (other === undefined) first.set(key, target)
    return other === undefined ? [] : [[other, target] as const]
  })
}
