import { useState } from 'react'
import { unknownVariables } from '../scene/address.ts'
import type { BotItem } from '../server.ts'
import { Sentence } from './sentence.tsx'

/** The variables in the address that no dashboard has: a link would otherwise seem to select what it does not. */
export function UnknownVariables({ bots }: { readonly bots: readonly BotItem[] }) {
  // Links within the page keep what it was opened with, and a dashboard soon writes its own into the address.
  const [search] = useState(() => location.search)
  const known = bots.flatMap(({ dashboards }) => dashboards.flatMap(({ variables }) => variables))
  return (
    <>
      {unknownVariables(search, known).map((text) => (
        <Sentence key={text} severity="warning" text={text} />
      ))}
    </>
  )
}
