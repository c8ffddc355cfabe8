import { printFigure, printLines } from '../../logsql/print.ts'
import type { Files, Model } from '../../model/model.ts'
import { yamlFile } from '../../text/yaml.ts'

/** The path of the queries of panels as rules. */
export const panelRulesPath = 'logs/panels.yml'

/** The queries of panels on lines as rules that nobody loads, so that vmalert can check their syntax. */
export function panelRules({ bot }: Model): Files {
  const scope = { bot: bot.name, env: '$env' }
  const rules = Object.values(bot.dashboards).flatMap((board) =>
    Object.values(board.panels).flatMap(({ key, lines, figures }) => [
      ...(lines === null ? [] : [{ alert: key, expr: `${printLines(lines, scope)} | stats count() as value` }]),
      ...figures.map(({ figure }) => ({ alert: key, expr: printFigure(figure, scope) })),
    ]),
  )
  return new Map([
    [
      panelRulesPath,
      yamlFile(
        { groups: [{ name: 'panels', type: 'vlogs', rules }] },
        'Queries of panels, for a check of their syntax.',
      ),
    ],
  ])
}
