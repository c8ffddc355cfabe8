import { type Options, TextMode } from '@grafana/grafana-foundation-sdk/text'
import type { Drawing, PanelBody } from './drawing.ts'
import { latest, textColor } from './options.ts'

/** A panel of Markdown. */
export const textPanel = ({ panel }: Drawing): PanelBody => ({
  type: 'text',
  color: textColor,
  asks: latest,
  options: { mode: TextMode.Markdown, content: panel.content } satisfies Options,
})
