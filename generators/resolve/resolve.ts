import type { Bot } from '../../definitions/language/bot.ts'
import type { Finding } from '../model/finding.ts'
import type { Model } from '../model/model.ts'
import type { Topology } from '../model/topology.ts'
import { contractPass } from './contract.ts'
import { deliveryPass } from './delivery.ts'
import { findingsPass } from './findings.ts'
import { freeLabelsPass } from './free-labels.ts'
import { holdsPass } from './holds.ts'
import { layoutPass } from './layout.ts'
import { logsPass } from './logs.ts'
import { outputsPass } from './outputs.ts'
import type { ModelDraft, Pass } from './pass.ts'
import { rulesPass } from './rules.ts'
import { scrapesPass } from './scrapes.ts'
import { targetsPass } from './targets.ts'
import { thresholdsPass } from './thresholds.ts'

interface Resolution {
  readonly model: Model
  readonly findings: readonly Finding[]
}

/** The passes from a bot to its model, in this order: each reads what earlier ones added. */
const passes: readonly Pass[] = [
  contractPass,
  deliveryPass,
  logsPass,
  targetsPass,
  findingsPass,
  outputsPass,
  freeLabelsPass,
  scrapesPass,
  rulesPass,
  holdsPass,
  layoutPass,
  thresholdsPass,
]

/** Everything that follows from a bot, with every finding about it; it never throws because of a defect in a definition. */
export function resolve(given: Bot, topology: Topology): Resolution {
  const empty: ModelDraft = { topology, jobs: [], records: [], alerts: [], dashboards: [], seriesBound: 0 }
  const { bot, draft, findings } = passes.reduce(
    (before, pass) => {
      const after = pass(before.bot, before.draft)
      return { ...after, findings: [...before.findings, ...after.findings] }
    },
    { bot: given, draft: empty, findings: [] as readonly Finding[] },
  )
  return { model: { ...draft, bot }, findings }
}
