import type { Bot } from '../../definitions/language/bot.ts'
import type { Finding } from '../model/finding.ts'
import type { Model } from '../model/model.ts'
import type { Places } from '../model/places.ts'
import { complaints } from './complaints.ts'
import { contract } from './contract.ts'
import { freeLabels } from './free-labels.ts'
import { holds } from './holds.ts'
import { layout } from './layout.ts'
import { chosenOutputs } from './outputs.ts'
import type { Draft, Pass } from './pass.ts'
import { rules } from './rules.ts'
import { scrapes } from './scrapes.ts'
import { thresholds } from './thresholds.ts'

interface Resolved {
  readonly model: Model
  readonly findings: readonly Finding[]
}

/** The passes from a bot to its model, in this order: each reads what earlier ones added. */
const passes: readonly Pass[] = [
  contract,
  complaints,
  chosenOutputs,
  freeLabels,
  scrapes,
  rules,
  holds,
  layout,
  thresholds,
]

/** Everything that follows from a bot, with every finding about it; it never throws because of a defect in a definition. */
export function resolve(given: Bot, places: Places): Resolved {
  const empty: Draft = { places, jobs: [], records: [], alerts: [], dashboards: [], seriesBound: 0 }
  const { bot, draft, findings } = passes.reduce(
    (before, pass) => {
      const after = pass(before.bot, before.draft)
      return { ...after, findings: [...before.findings, ...after.findings] }
    },
    { bot: given, draft: empty, findings: [] as readonly Finding[] },
  )
  return { model: { ...draft, bot }, findings }
}
