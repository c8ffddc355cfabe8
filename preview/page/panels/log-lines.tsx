import { css } from '@emotion/css'
import type { PanelProps } from '@grafana/data'
import type { Options } from '@grafana/schema/dist/esm/raw/composable/logs/panelcfg/x/LogsPanelCfg_types.gen'
import { useCallback, useDeferredValue, useId, useMemo, useState } from 'react'
import { distinctLines, lineKey, matches } from '../logs/lines.ts'
import { theme } from '../theme.ts'
import { LogRow } from './log-row.tsx'

/** The lines of a log with their fields, and a search in what is shown. */
export function LogLinesPanel({ data, options, title, height, timeZone }: PanelProps<Options>) {
  const [typed, setTyped] = useState('')
  const words = useDeferredValue(typed.trim())
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const count = useId()
  const lines = useMemo(() => {
    const all = distinctLines(data.series.flatMap(({ fields }) => fields.find(isLines)?.values ?? []))
    return options.sortOrder === 'Ascending' ? [...all].reverse() : all
  }, [data.series, options.sortOrder])
  const found = useMemo(() => (words === '' ? lines : lines.filter((line) => matches(line, words))), [lines, words])
  const toggle = useCallback(
    (id: string) =>
      setOpen((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id])),
    [],
  )
  return (
    <div className={styles.panel} style={{ height }} data-log-lines={lines.length}>
      <div className={styles.bar}>
        <input
          type="search"
          className={styles.search}
          value={typed}
          placeholder="Search these lines"
          aria-label={`Search the lines of ${title}`}
          aria-describedby={count}
          onChange={({ target }) => setTyped(target.value)}
        />
        <span id={count} className={styles.count}>
          {words === '' ? counted(lines.length) : `${found.length.toLocaleString('en-US')} of ${counted(lines.length)}`}
        </span>
      </div>
      {found.length === 0 ? (
        <p className={styles.none}>
          No line has <bdi>“{words}”</bdi>.
        </p>
      ) : (
        <ol className={styles.lines} aria-label={`Lines of ${title}`} data-scrolls {...scrollable}>
          {found.map((line) => {
            const id = lineKey(line)
            return (
              <LogRow
                key={id}
                id={id}
                line={line}
                isOpen={open.has(id)}
                toggle={toggle}
                options={options}
                timeZone={timeZone}
              />
            )
          })}
        </ol>
      )}
    </div>
  )
}

/** The field of a frame that has the lines as they are stored. */
const isLines = ({ name }: { readonly name: string }): boolean => name === 'labels'

const counted = (count: number) => `${count.toLocaleString('en-US')} ${count === 1 ? 'line' : 'lines'}`

/** Can be scrolled with the keyboard, also without a button in it. */
const scrollable = { tabIndex: 0 }

const styles = {
  panel: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5) }),
  bar: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
  search: css({
    flex: '0 1 280px',
    minWidth: 0,
    height: 28,
    padding: theme.spacing(0, 1),
    color: theme.colors.text.primary,
    background: theme.components.input.background,
    border: `1px solid ${theme.components.input.borderColor}`,
    borderRadius: theme.shape.radius.default,
    '&::placeholder': { color: theme.colors.text.secondary, opacity: 1 },
  }),
  count: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    whiteSpace: 'nowrap',
  }),
  lines: css({ flex: 1, minHeight: 0, margin: 0, overflow: 'auto', listStyle: 'none' }),
  none: css({ margin: 'auto', color: theme.colors.text.secondary, overflowWrap: 'anywhere' }),
}
