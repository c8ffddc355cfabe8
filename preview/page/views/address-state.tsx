import { type EmbeddedScene, MultiValueVariable, type SceneVariable, sceneGraph } from '@grafana/scenes'
import { useState } from 'react'
import { unreadableTimes } from '../scene/address.ts'
import { Sentence } from './sentence.tsx'

/** What the address asks for that the dashboard cannot show; it would otherwise show something else without a word. */
export function AddressState({ scene }: { readonly scene: EmbeddedScene }) {
  // The libraries soon write what is shown into the address.
  const [search] = useState(() => location.search)
  const given = new URLSearchParams(search)
  return (
    <>
      {unreadableTimes(search).map((text) => (
        <Sentence key={text} severity="warning" text={text} />
      ))}
      {sceneGraph.getVariables(scene).state.variables.map((variable) => {
        const asked = given.getAll(`var-${variable.state.name}`)
        return isSelectable(variable) && asked.length > 0 ? (
          <Unknown key={variable.state.name} variable={variable} asked={asked} />
        ) : null
      })}
    </>
  )
}

const isSelectable = (variable: SceneVariable): variable is MultiValueVariable => variable instanceof MultiValueVariable

function Unknown({ variable, asked }: { readonly variable: MultiValueVariable; readonly asked: readonly string[] }) {
  const { name, options, loading } = variable.useState()
  const known = ['$__all', 'All', '', ...options.map(({ value }) => String(value))]
  const unknown = asked.filter((value) => !known.includes(value))
  if (loading || options.length === 0 || unknown.length === 0) return null
  const values = options.length > 5 ? `${options.length} values` : options.map(({ value }) => String(value)).join(', ')
  const shown = variable.getValueText()
  // The library keeps the value until it reads the options again.
  const instead = unknown.includes(shown) ? '' : `: the panels show ${shown}`
  return (
    <Sentence
      severity="warning"
      text={`${name}=${unknown.join(', ')} in the address is not among the values of ${name} (${values})${instead}.`}
    />
  )
}
