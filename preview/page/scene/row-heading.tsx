import { css, cx } from '@emotion/css'
import { type SceneComponentProps, SceneGridRow, sceneGraph } from '@grafana/scenes'
import { Icon } from '@grafana/ui'
import { theme } from '../theme.ts'

/** The title of a row as a heading that contains the button; the library's own has them the other way round, and no level. */
function RowHeading({ model }: SceneComponentProps<SceneGridRow>) {
  const { isCollapsed = false, title, children } = model.useState()
  return (
    <h2 className={cx(styles.heading, isCollapsed && styles.closed)} data-row>
      <button type="button" className={styles.button} aria-expanded={!isCollapsed} onClick={model.onCollapseToggle}>
        <Icon name={isCollapsed ? 'angle-right' : 'angle-down'} />
        {sceneGraph.interpolate(model, title, undefined, 'text')}
        {isCollapsed ? (
          <span className={styles.count}>{` (${children.length} ${children.length === 1 ? 'panel' : 'panels'})`}</span>
        ) : null}
      </button>
    </h2>
  )
}

/** Gives the rows of every scene their heading. */
export function joinRowHeadings(): void {
  SceneGridRow.Component = RowHeading
}

const styles = {
  heading: css({ width: '100%', height: 30, margin: 0, fontSize: theme.typography.h5.fontSize }),
  closed: css({ borderBottom: `1px solid ${theme.colors.border.weak}` }),
  button: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    maxWidth: '100%',
    height: '100%',
    border: 'none',
    background: 'transparent',
    fontWeight: theme.typography.fontWeightMedium,
    whiteSpace: 'nowrap',
  }),
  count: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    fontStyle: 'italic',
    fontWeight: theme.typography.fontWeightRegular,
  }),
}
