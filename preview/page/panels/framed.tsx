import { css, cx } from '@emotion/css'
import { LoadingState, type PanelData, type PanelProps } from '@grafana/data'
import {
  type ComponentType,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import { warningsIn } from '../prometheus/query-api.ts'
import { hasValues, type PanelState, stateOf, withBlank, withShortcoming, withWarnings } from '../prometheus/state.ts'
import { ageText, useNow } from '../scene/age.ts'
import { remarksOf } from '../scene/ask.ts'
import { OldAfterContext } from '../scene/old.ts'
import { type PanelReport, ReportsContext } from '../scene/reports.ts'
import { ShortcomingsContext } from '../scene/shortcomings.ts'
import { theme } from '../theme.ts'
import { Accessible } from './accessible.tsx'
import { Caught } from './caught.tsx'
import { drawnPart } from './drawn-part.ts'
import { nothingToDraw, seriesWithoutPlace } from './nothing-to-draw.ts'
import { type PanelRenderer, withoutNumbers } from './renderers.ts'
import { shownFrames, whyNoneShown } from './shown-frames.ts'
import { useWhyEmpty } from './use-why-empty.ts'
import { useLinkedData } from './with-links.tsx'
import { useNoteHeight, WithNotes } from './with-notes.tsx'

/** What draws the data of a panel. */
type Drawing = ComponentType<PanelProps>

/** The inside of a panel: its drawing, or a text that says why there is none; `data-state` says which. */
export const framedPanel = (type: string, kind: PanelRenderer, Draw?: Drawing) => (props: PanelProps) => {
  const shortcoming = useContext(ShortcomingsContext).get(props.id) ?? null
  const asks = kind.asksNothing !== true && kind.unsupported === undefined && shortcoming?.draws !== false
  const known = withShortcoming(stateIn(props, type, kind, asks), shortcoming)
  const [crash, setCrash] = useState<string | null>(null)
  // What a failed refresh leaves, and what was drawn before it.
  const failed = known.is === 'error'
  const tries =
    known.is === 'ok' ||
    (known.is === 'unsupported' && known.draws) ||
    (failed && hasValues(shownFrames(kind, props.data.series, props.options)))
  const draws = tries && crash === null
  const state: PanelState =
    tries && !failed && crash !== null ? { is: 'error', words: `This panel could not be drawn: ${crash}` } : known
  const answered = props.data.request?.endTime ?? null
  const is = state.is === 'empty' && !state.declared ? 'unexplained' : state.is
  // What is drawn says nothing about Prometheus.
  const wrong = known.is === 'error' ? known.words : null
  const cause = useReport(props.id, asks, { title: props.title, is, answered, wrong })
  const why = useWhyEmpty(props.data, state.is === 'empty' && state.words === null)
  const own = state.is === 'empty' ? (state.words ?? why) : 'words' in state ? state.words : null
  const words = own !== null && own === cause ? 'See the top of the page.' : own
  const { data: part, note } = useDrawnPart(type, props.data)
  const without = useMemo(() => seriesWithoutPlace(type, part.series, props.options), [part.series, props.options])
  const data = useLinkedData(part)
  return (
    <div
      className={styles.panel}
      data-panel={props.id}
      data-title={props.title}
      data-type={type}
      data-state={state.is}
      data-declared={state.is === 'empty' ? state.declared : undefined}
      data-words={words ?? undefined}
    >
      {tries && Draw !== undefined ? (
        <Caught data={props.data} onCrash={setCrash}>
          <Aged
            width={props.width}
            height={props.height}
            answered={asks ? answered : undefined}
            failed={failed}
            words={failed ? words : null}
          >
            {(room) => (
              <WithNotes
                width={props.width}
                height={room}
                notes={[
                  ...[note, without].flatMap((one) => one ?? []),
                  ...(state.is === 'unsupported' ? [state.words] : []),
                  ...new Set(remarksOf(props.data).map(({ text }) => text)),
                ]}
              >
                {(height) => (
                  <Accessible type={type} panel={{ ...props, data: part }}>
                    <Draw {...props} data={data} height={height} />
                  </Accessible>
                )}
              </WithNotes>
            )}
          </Aged>
        </Caught>
      ) : null}
      {draws || words === null ? null : (
        <p className={state.is === 'empty' && state.declared ? styles.quiet : styles.loud} {...scrollable}>
          <span className={styles.centred}>{words}</span>
        </p>
      )}
    </div>
  )
}

/** The data that is drawn, the same until other data comes, and what is left out of it. */
function useDrawnPart(type: string, data: PanelData) {
  const { series, note } = useMemo(() => drawnPart(type, data.series), [type, data.series])
  return { data: useMemo(() => ({ ...data, series }), [data, series]), note }
}

/** Reports a panel to its page; the result is what is wrong with most panels, which the page says once. */
function useReport(id: number, asks: boolean, { title, is, answered, wrong }: PanelReport): string | null {
  const reports = useContext(ReportsContext)
  useEffect(() => {
    if (asks) reports.panel(id, { title, is, answered, wrong })
  }, [reports, id, asks, title, is, answered, wrong])
  useEffect(() => () => reports.panel(id, null), [reports, id])
  return useSyncExternalStore(reports.subscribe, () => reports.page().cause?.words ?? null)
}

interface AgedProps {
  readonly width: number
  readonly height: number
  /** When the data was answered, null if that is unknown, undefined if there is none. */
  readonly answered: number | null | undefined
  readonly failed: boolean
  readonly words: string | null
  /** Draws into the height that the age leaves. */
  readonly children: (height: number) => ReactNode
}

/** A drawing, dimmed and with its age below once its data is old or its refresh has failed. */
function Aged({ width, height, answered, failed, words, children }: AgedProps) {
  const now = useNow()
  const limit = useContext(OldAfterContext)
  const old = answered !== undefined && (failed || answered === null || now - answered > limit())
  const age = answered === undefined || answered === null ? 'loading' : ageText(answered, now)
  const text = old ? `${age}${words === null ? '' : `: ${words}`}` : null
  const { box, taken } = useNoteHeight(text, width, height)
  return (
    <>
      <div
        className={cx(styles.panel, old && styles.dimmed)}
        style={{ height: height - taken }}
        data-drawing
        data-old={old}
      >
        {children(height - taken)}
      </div>
      {text === null ? null : (
        <p
          ref={box}
          className={cx(styles.note, failed && styles.wrong)}
          style={{ maxHeight: height / 2 }}
          {...scrollable}
        >
          {text}
        </p>
      )}
    </>
  )
}

function stateIn(
  { data, fieldConfig, options }: PanelProps,
  type: string,
  kind: PanelRenderer,
  asks: boolean,
): PanelState {
  if (kind.unsupported !== undefined) return { is: 'unsupported', words: kind.unsupported, draws: false }
  if (!asks) return { is: 'ok' }
  const errors = data.errors ?? (data.error === undefined ? [] : [data.error])
  const shown = shownFrames(kind, data.series, options)
  const found = stateOf(shown, errors, withoutNumbers(kind, { fieldConfig, options }))
  const blank = withBlank(found, whyNoneShown(data.series, shown, options) ?? nothingToDraw(type, shown, options))
  const state = withWarnings(blank, warningsIn(remarksOf(data)))
  return state.is === 'empty' && data.state === LoadingState.Loading ? { is: 'loading' } : state
}

/** A text that may be longer than its box can be scrolled with the keyboard. */
const scrollable = { tabIndex: 0 }

const words = css({
  display: 'flex',
  height: '100%',
  margin: 0,
  textAlign: 'center',
  overflow: 'auto',
  overflowWrap: 'anywhere',
  whiteSpace: 'pre-line',
})
const styles = {
  panel: css({ position: 'relative', width: '100%', height: '100%' }),
  // Unlike the alignment of a box, margins never move the beginning of a long text out of it.
  centred: css({ margin: 'auto' }),
  // Drawings fade; texts lose their colour, but can still be read.
  dimmed: css({
    filter: 'grayscale(1)',
    '& :empty:not(input), & rect, & path': { opacity: 0.35 },
    '& :not(:empty)': { color: `${theme.colors.text.secondary} !important`, background: 'none !important' },
    '& text': { fill: `${theme.colors.text.secondary} !important` },
  }),
  note: css({
    margin: 0,
    overflow: 'auto',
    overflowWrap: 'anywhere',
    background: theme.colors.background.primary,
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  wrong: css({ color: theme.colors.error.text }),
  quiet: `${words} ${css({ color: theme.colors.text.secondary, fontSize: theme.typography.h5.fontSize })}`,
  loud: `${words} ${css({ color: theme.colors.error.text })}`,
}
