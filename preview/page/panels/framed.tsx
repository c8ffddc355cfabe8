import { css } from '@emotion/css'
import { LoadingState, type PanelProps } from '@grafana/data'
import { type PanelState, stateOf } from '../prometheus/state.ts'
import { theme } from '../theme.ts'
import type { PanelRenderer } from './renderers.ts'

/** The inside of a panel: its drawing, or a text that says why there is none; `data-state` says which. */
export const framedPanel = (type: string, kind: PanelRenderer) => (props: PanelProps) => {
  const state = stateIn(props, kind)
  const Draw = kind.draw
  return (
    <div
      className={styles.panel}
      data-panel={props.id}
      data-title={props.title}
      data-type={type}
      data-state={state.is}
      data-declared={state.is === 'empty' ? state.declared : undefined}
      data-words={'words' in state ? state.words : undefined}
    >
      {state.is === 'ok' && Draw !== undefined ? <Draw {...props} /> : null}
      {'words' in state ? (
        <p className={state.is === 'empty' && state.declared ? styles.quiet : styles.loud}>{state.words}</p>
      ) : null}
    </div>
  )
}

function stateIn({ data, fieldConfig }: PanelProps, kind: PanelRenderer): PanelState {
  if (kind.unsupported !== undefined) return { is: 'unsupported', words: kind.unsupported }
  if (kind.asksNothing === true) return { is: 'ok' }
  const errors = data.errors ?? (data.error === undefined ? [] : [data.error])
  const state = stateOf(data.series, errors, fieldConfig.defaults.noValue)
  return state.is === 'empty' && data.state === LoadingState.Loading ? { is: 'loading' } : state
}

const words = css({
  display: 'flex',
  height: '100%',
  margin: 0,
  alignItems: 'center',
  justifyContent: 'center',
  textAlign: 'center',
  overflow: 'auto',
  overflowWrap: 'anywhere',
  whiteSpace: 'pre-line',
})
const styles = {
  panel: css({ width: '100%', height: '100%' }),
  quiet: `${words} ${css({ color: theme.colors.text.secondary, fontSize: theme.typography.h5.fontSize })}`,
  loud: `${words} ${css({ color: theme.colors.error.text })}`,
}
