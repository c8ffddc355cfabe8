import type { Files, Model } from '../../model/model.ts'
import { alertsPage } from './alerts.ts'
import { dashboardsPage } from './dashboards.ts'
import { deviationsPage } from './deviations.ts'
import { glossaryPage, hasGlossary } from './glossary.ts'
import { metricsPage } from './metrics.ts'
import { scenariosPage } from './scenarios.ts'

/** docs/: the reference of a bot, with every count computed. */
export function referenceOutput(model: Model): Files {
  return new Map([
    ['docs/metrics.md', metricsPage(model)],
    ['docs/alerts.md', alertsPage(model)],
    ['docs/dashboards.md', dashboardsPage(model)],
    ['docs/deviations.md', deviationsPage(model)],
    ...(hasGlossary(model) ? [['docs/glossary.md', glossaryPage(model)] as const] : []),
    ...(Object.keys(model.bot.scenarios).length === 0 ? [] : [['docs/scenarios.md', scenariosPage(model)] as const]),
  ])
}
