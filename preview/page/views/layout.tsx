import { css } from '@emotion/css'
import { Button } from '@grafana/ui'
import type { ReactNode } from 'react'
import { changeMode, mode } from '../mode.ts'
import { theme } from '../theme.ts'

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
          botwatch preview: the generated dashboards, drawn from their files. <strong>This is not Grafana.</strong>
        </p>
        <Button variant="secondary" fill="text" size="sm" onClick={changeMode}>
          {mode === 'dark' ? 'light' : 'dark'}
        </Button>
      </header>
      <div className={styles.heading}>
        <h1 className={styles.title}>{title}</h1>
        {links}
      </div>
      {subtitle === undefined || subtitle === '' ? null : <p className={styles.subtitle}>{subtitle}</p>}
      <main>{children}</main>
    </div>
  )
}

const styles = {
  page: css({
    padding: theme.spacing(1, 2, 4),
    minHeight: '100vh',
    [theme.breakpoints.down('md')]: { padding: theme.spacing(1) },
  }),
  header: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(2) }),
  what: css({ flex: 1, margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  heading: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: theme.spacing(0.5, 3) }),
  title: css({ fontSize: theme.typography.h3.fontSize, margin: theme.spacing(1, 0) }),
  subtitle: css({ color: theme.colors.text.secondary, maxWidth: '90ch' }),
}
