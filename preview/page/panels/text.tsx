import { css } from '@emotion/css'
import { type PanelProps, renderMarkdown, textUtil } from '@grafana/data'
import { type Options, TextMode } from '@grafana/schema/dist/esm/raw/composable/text/panelcfg/x/TextPanelCfg_types.gen'
import { useContext } from 'react'
import { DestinationsContext } from '../scene/destinations.ts'
import { followedHtml } from './followed-html.ts'

/** Markdown, HTML or code, with the dashboard's variables filled in; anything executable is removed. */
export function TextPanel({ options, replaceVariables }: PanelProps<Options>) {
  const destinations = useContext(DestinationsContext)
  const { mode, code } = options
  const text = replaceVariables(options.content, {}, mode === TextMode.Code ? 'raw' : 'html')
  if (mode === TextMode.Code)
    return (
      <pre className={scrolling}>
        {code?.showLineNumbers === true
          ? text
              .split('\n')
              .map((line, i) => `${String(i + 1).padStart(4)}  ${line}`)
              .join('\n')
          : text}
      </pre>
    )
  const safe = mode === TextMode.HTML ? textUtil.sanitizeTextPanelContent(text) : renderMarkdown(text)
  const html = followedHtml(safe, destinations)
  // biome-ignore lint/security/noDangerouslySetInnerHtml: both have removed anything executable
  return <div className={`markdown-html ${scrolling}`} dangerouslySetInnerHTML={{ __html: html }} />
}

const scrolling = css({ height: '100%', margin: 0, overflow: 'auto' })
