import { css } from '@emotion/css'
import { type PanelProps, renderMarkdown } from '@grafana/data'
import { useContext } from 'react'
import { DestinationsContext } from '../scene/destinations.ts'
import { followedHtml } from './followed-html.ts'

/** Markdown, with the dashboard's variables filled in; anything executable is removed. */
export function TextPanel({ options, replaceVariables }: PanelProps<{ content?: string }>) {
  const destinations = useContext(DestinationsContext)
  const html = followedHtml(renderMarkdown(replaceVariables(options.content ?? '', {}, 'text')), destinations)
  // biome-ignore lint/security/noDangerouslySetInnerHtml: renderMarkdown has removed anything executable
  return <div className={`markdown-html ${scrolling}`} dangerouslySetInnerHTML={{ __html: html }} />
}

const scrolling = css({ height: '100%', overflow: 'auto' })
