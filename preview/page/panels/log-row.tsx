import { css, cx } from '@emotion/css'
import { dateTimeFormat } from '@grafana/data'
import type { Options } from '@grafana/schema/dist/esm/raw/composable/logs/panelcfg/x/LogsPanelCfg_types.gen'
import { Icon } from '@grafana/ui'
import { memo, useId } from 'react'
import { allFields, type LineFields, printable, readableLine, severityOf, shorten } from '../logs/lines.ts'
import { theme } from '../theme.ts'
import { readable } from './readable.ts'

interface LogRowProps {
  readonly id: string
  readonly line: LineFields
  readonly isOpen: boolean
  readonly toggle: (id: string) => void
  readonly options: Options
  readonly timeZone: string
}

/** How many characters of a value are shown next to others, and in the list of a line's fields. */
const glance = 500
const whole = 10_000

/** One line: when, how bad, what; its button shows all fields as they are stored. */
export const LogRow = memo(DrawnRow, isSameRow)

/** A refresh makes every line again, but a line never changes. */
function isSameRow(before: LogRowProps, now: LogRowProps): boolean {
  return (['id', 'isOpen', 'toggle', 'options', 'timeZone'] as const).every((name) => before[name] === now[name])
}

function DrawnRow({ id, line, isOpen, toggle, options, timeZone }: LogRowProps) {
  const details = useId()
  const { event, message, fields } = readableLine(line)
  const severity = severityOf(line)
  const { wrapLogMessage, prettifyLogMessage, enableLogDetails, fontSize } = options
  const head = <Head line={line} options={options} timeZone={timeZone} />
  return (
    <li
      className={cx(styles.line, fontSize === 'small' && styles.small)}
      style={{ borderLeftColor: severity === null ? 'transparent' : edges[severity] }}
      data-line={severity ?? 'unknown'}
    >
      <div className={styles.row}>
        {enableLogDetails ? (
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={isOpen}
            aria-controls={details}
            onClick={() => toggle(id)}
          >
            <Icon name={isOpen ? 'angle-down' : 'angle-right'} />
            {head}
            <span className={styles.hidden}>fields</span>
          </button>
        ) : (
          <span className={styles.toggle}>{head}</span>
        )}
        <span className={cx(styles.text, wrapLogMessage ? styles.wrapped : styles.unwrapped)}>
          {event === '' ? null : <b>{printable(shorten(event, glance))} </b>}
          {message === '' ? null : (
            <bdi>{printable(shorten(prettifyLogMessage ? pretty(message) : message, 2 * glance))} </bdi>
          )}
          {fields.map(([name, value]) => (
            <span key={name}>
              <span className={styles.name}>{printable(name)}=</span>
              <bdi>{printable(shorten(value, glance))}</bdi>{' '}
            </span>
          ))}
        </span>
      </div>
      {isOpen ? <Details id={details} line={line} /> : null}
    </li>
  )
}

interface HeadProps {
  readonly line: LineFields
  readonly options: Options
  readonly timeZone: string
}

/** When a line was written, and its level. */
function Head({ line: { _time = '', level = '', ...more }, options, timeZone }: HeadProps) {
  const at = Date.parse(_time)
  const severity = severityOf({ level, ...more })
  return (
    <>
      {options.showTime ? (
        <time className={styles.time} dateTime={_time}>
          {Number.isNaN(at) ? _time : dateTimeFormat(at, { format: 'MM-DD HH:mm:ss.SSS', timeZone })}
        </time>
      ) : null}
      {options.showLevel === false || level === '' ? null : (
        <span className={styles.level} style={severity === null ? {} : { color: texts[severity] }}>
          {printable(shorten(level, 12)).toUpperCase()}
        </span>
      )}
    </>
  )
}

const Details = ({ id, line }: { readonly id: string; readonly line: LineFields }) => (
  <dl id={id} className={styles.details}>
    {allFields(line).map(([name, value]) => (
      <div key={name} className={styles.field}>
        <dt>{printable(name)}</dt>
        <dd>
          <bdi>{printable(shorten(value, whole))}</bdi>
        </dd>
      </div>
    ))}
  </dl>
)

/** JSON over several lines; any other text as it is. */
function pretty(text: string): string {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' ? JSON.stringify(read, null, 2) : text
  } catch {
    return text
  }
}

const { error, warning, info, text } = theme.colors
const edges = { error: error.main, warn: warning.main, info: info.main, debug: text.disabled }
const texts = {
  error: readable(error.text),
  warn: readable(warning.text),
  info: readable(info.text),
  debug: text.secondary,
}

const styles = {
  line: css({
    padding: theme.spacing(0, 0, 0, 0.5),
    borderLeft: '3px solid',
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    '&:hover': { background: theme.colors.background.secondary },
  }),
  small: css({ fontSize: 10 }),
  row: css({
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    [theme.breakpoints.down('md')]: { flexDirection: 'column', gap: 0, paddingBottom: theme.spacing(0.5) },
  }),
  toggle: css({
    flex: 'none',
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    minHeight: 24,
    padding: 0,
    font: 'inherit',
    color: theme.colors.text.primary,
    background: 'none',
    border: 'none',
    whiteSpace: 'nowrap',
  }),
  hidden: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clip: 'rect(0 0 0 0)' }),
  time: css({ color: theme.colors.text.secondary }),
  level: css({ minWidth: '5ch', fontWeight: theme.typography.fontWeightBold, textAlign: 'start' }),
  text: css({ minWidth: 0, padding: theme.spacing(0.375, 0) }),
  wrapped: css({ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }),
  unwrapped: css({ whiteSpace: 'pre' }),
  name: css({ color: theme.colors.text.secondary }),
  details: css({
    margin: theme.spacing(0, 0, 1, 2.75),
    padding: theme.spacing(0.5, 1),
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
  }),
  field: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(11ch, 18ch) minmax(0, 1fr)',
    gap: theme.spacing(1),
    '& dt': { color: theme.colors.text.secondary, fontWeight: 'normal', overflowWrap: 'anywhere' },
    '& dd': { margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  }),
}
