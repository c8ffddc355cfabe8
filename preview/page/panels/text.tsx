import { css } from '@emotion/css'
import { type PanelProps, renderMarkdown } from '@grafana/data'

/** Markdown, with the dashboard's variables filled in; anything executable is removed. */
export function TextPanel({ options, replaceVariables }: PanelProps<{ content?: string }>) {
  const html = renderMarkdown(replaceVariables(options.content ?? '', {}, 'text'))
  // biome-ignore lint/security/noDangerouslySetInnerHtml: renderMarkdown has removed anything executable
  return <div className={`markdown-html ${scrolling}`} dangerouslySetInnerHTML={{ __html: html }} />
}

const scrolling = css({ height: '100%', overflow: 'auto' })
