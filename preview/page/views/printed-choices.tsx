import { dateTimeFormat } from '@grafana/data'
import { type EmbeddedScene, type SceneVariable, sceneGraph } from '@grafana/scenes'

/** What the controls at the top show, for paper, which has none. */
export function PrintedChoices({ scene }: { readonly scene: EmbeddedScene }) {
  const timeRange = sceneGraph.getTimeRange(scene)
  const { from, to } = timeRange.useState().value
  const { variables } = sceneGraph.getVariables(scene).useState()
  const timeZone = timeRange.getTimeZone()
  return (
    <p data-printed>
      {`${dateTimeFormat(from, { timeZone })} to ${dateTimeFormat(to, { timeZone })}`}
      {variables.map((variable) => (
        <Choice key={variable.state.name} variable={variable} />
      ))}
    </p>
  )
}

function Choice({ variable }: { readonly variable: SceneVariable }) {
  const { label, name } = variable.useState()
  return <>{`, ${label ?? name}: ${variable.getValueText?.() ?? ''}`}</>
}
