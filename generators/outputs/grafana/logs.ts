import { defaultOptions, type Options } from '@grafana/grafana-foundation-sdk/logs'
import type { AnyPanel } from '../../../definitions/language/panel.ts'
import { lokiDatasource } from './datasource.ts'
import type { Drawing, PanelBody } from './drawing.ts'
import { curves, textColor } from './options.ts'

/** Log lines, newest first. */
export const logsPanel = (): PanelBody => ({
  type: 'logs',
  color: textColor,
  asks: curves,
  options: {
    ...defaultOptions(),
    showTime: true,
    wrapLogMessage: true,
    prettifyLogMessage: false,
    enableLogDetails: true,
  } satisfies Options,
})

/** The one query of a logs panel: the bot's log lines with the panel's events. */
export const logsQuery = ({ panel, context }: Pick<Drawing, 'panel' | 'context'>) => ({
  refId: 'A',
  datasource: lokiDatasource,
  editorMode: 'code',
  queryType: 'range',
  expr: `{bot="${context.model.bot.name}", env="$env"} | json | event=~"${eventsOf(panel)}"`,
})

const eventsOf = ({ events }: AnyPanel) => events.map(({ name }) => name).join('|')
