import { css, cx } from '@emotion/css'
import { Button } from '@grafana/ui'
import { type ReactNode, useState } from 'react'
import { changeMode, mode } from '../mode.ts'
import { theme } from '../theme.ts'
import { useNarrow } from './use-narrow.ts'

interface LayoutProps {
  readonly title: string
  readonly subtitle?: string
  /** Links to other pages. */
  readonly links?: ReactNode
  readonly children: ReactNode
}

/** The frame of every page: what it is, and what it is not. */
export function Layout({ title, subtitle, links, children }: LayoutProps) {
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <p className={styles.what}>
          botwatch preview<span className={styles.wide}>: the generated dashboards, drawn from their files</span>.{' '}
          <strong>This is not Grafana.</strong>
        </p>
        <Button variant="secondary" fill="text" size="sm" onClick={changeMode}>
          {mode === 'dark' ? 'light' : 'dark'}
        </Button>
      </header>
      <div className={styles.heading}>
        <h1 className={styles.title}>{title}</h1>
        {links}
      </div>
      {subtitle === undefined || subtitle === '' ? null : <Subtitle text={subtitle} />}
      <main>{children}</main>
    </div>
  )
}

/** On a phone one line of it, and the whole once it is touched. */
function Subtitle({ text }: { readonly text: string }) {
  const isNarrow = useNarrow()
  const [open, setOpen] = useState(false)
  if (!isNarrow) return <p className={styles.subtitle}>{text}</p>
  return (
    <button
      type="button"
      className={cx(styles.subtitle, styles.line, open && styles.whole)}
      aria-expanded={open}
      onClick={() => setOpen(!open)}
    >
      {text}
    </button>
  )
}

const small = theme.breakpoints.down('md')

const styles = {
  page: css({
    padding: theme.spacing(1, 2, 4),
    minHeight: '100vh',
    [small]: { padding: theme.spacing(1) },
  }),
  header: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(2) }),
  what: css({ flex: 1, margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  wide: css({ [small]: { display: 'none' } }),
  heading: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 3),
    [small]: { flexWrap: 'nowrap', justifyContent: 'space-between' },
  }),
  title: css({
    fontSize: theme.typography.h3.fontSize,
    margin: theme.spacing(1, 0),
    [small]: { fontSize: theme.typography.h4.fontSize, margin: 0 },
  }),
  subtitle: css({ color: theme.colors.text.secondary, maxWidth: '90ch' }),
  line: css({
    display: 'block',
    maxWidth: '100%',
    minHeight: theme.spacing(3),
    padding: 0,
    overflow: 'hidden',
    textAlign: 'start',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    background: 'none',
    border: 'none',
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  whole: css({ whiteSpace: 'normal' }),
}
