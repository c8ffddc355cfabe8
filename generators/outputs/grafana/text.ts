import { type Options, TextMode } from '@grafana/grafana-foundation-sdk/text'
import type { Drawing, Drawn } from './drawing.ts'
import { latest, plain } from './options.ts'

/** A panel of Markdown. */
export const text = ({ panel }: Drawing): Drawn => ({
  type: 'text',
  color: plain,
  asks: latest,
  options: { mode: TextMode.Markdown, content: panel.content } satisfies Options,
})
