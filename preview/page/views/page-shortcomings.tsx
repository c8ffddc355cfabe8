import type { DashboardJson } from '../dashboard.ts'
import { shortcomingsOfPage } from '../support/dashboard.ts'
import { Sentence } from './sentence.tsx'

/** What Grafana shows of a dashboard beside its panels, and the preview does not. */
export function PageShortcomings({ dashboard }: { readonly dashboard: DashboardJson }) {
  const words = shortcomingsOfPage(dashboard)
  return words.length === 0 ? null : <Sentence severity="warning" text={words.join(' ')} />
}
