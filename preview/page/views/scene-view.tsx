import { css } from '@emotion/css'
import { VariableHide } from '@grafana/data'
import { type EmbeddedScene, type SceneVariable, sceneGraph, VariableValueSelectors } from '@grafana/scenes'
import { useEffect, useState } from 'react'
import { theme } from '../theme.ts'
import { useNarrow } from './use-narrow.ts'

/** The controls of a dashboard above its panels. On a phone the variables take one line, and show their controls once it is touched. */
export function SceneView({ scene }: { readonly scene: EmbeddedScene }) {
  const [active, setActive] = useState(false)
  useEffect(() => {
    const end = scene.activate()
    setActive(true)
    return end
  }, [scene])
  const { body, controls = [] } = scene.useState()
  const isNarrow = useNarrow()
  const [open, setOpen] = useState(false)
  if (!active) return null
  const selectors = controls.filter((one) => one instanceof VariableValueSelectors)
  const others = controls.filter((one) => !(one instanceof VariableValueSelectors))
  return (
    <div className={styles.scene}>
      <div className={styles.controls}>
        {isNarrow ? (
          <Selected scene={scene} open={open} toggle={() => setOpen(!open)} />
        ) : (
          selectors.map((one) => <one.Component key={one.state.key} model={one} />)
        )}
        {others.map((one) => (
          <one.Component key={one.state.key} model={one} />
        ))}
      </div>
      {isNarrow && open ? (
        <div className={styles.selectors}>
          {selectors.map((one) => (
            <one.Component key={one.state.key} model={one} />
          ))}
        </div>
      ) : null}
      <div className={styles.body}>
        <body.Component model={body} />
      </div>
    </div>
  )
}

interface SelectedProps {
  readonly scene: EmbeddedScene
  readonly open: boolean
  readonly toggle: () => void
}

/** A button with the values of all variables, which shows their controls. */
function Selected({ scene, open, toggle }: SelectedProps) {
  const { variables } = sceneGraph.getVariables(scene).useState()
  const visible = variables.filter(({ state }) => state.hide !== VariableHide.hideVariable)
  if (visible.length === 0) return null
  return (
    <button type="button" className={styles.selected} aria-expanded={open} onClick={toggle}>
      <span aria-hidden="true">{open ? '▾ ' : '▸ '}</span>
      {visible.map((one, i) => (
        <span key={one.state.key}>
          {i === 0 ? '' : ', '}
          <Value variable={one} />
        </span>
      ))}
    </button>
  )
}

function Value({ variable }: { readonly variable: SceneVariable }) {
  const { label, name } = variable.useState()
  const value = variable.getValueText?.() ?? String(variable.getValue() ?? '')
  return `${label || name}: ${value === '' ? '…' : value}`
}

const styles = {
  scene: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    [theme.breakpoints.down('md')]: { gap: theme.spacing(1) },
  }),
  controls: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    gap: theme.spacing(2),
    [theme.breakpoints.down('md')]: { justifyContent: 'space-between', gap: theme.spacing(0.5) },
  }),
  selectors: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }),
  selected: css({
    flex: '1 1 100%',
    minWidth: 0,
    height: theme.spacing(4),
    padding: theme.spacing(0, 1),
    overflow: 'hidden',
    textAlign: 'start',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    color: theme.colors.text.primary,
    background: theme.components.input.background,
    border: `1px solid ${theme.components.input.borderColor}`,
    borderRadius: theme.shape.radius.default,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  body: css({ flexGrow: 1, display: 'flex' }),
}
