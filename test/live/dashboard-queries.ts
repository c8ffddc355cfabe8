import { z } from 'zod'
import { fillVariables, type VariableChoices, type VariableModel } from './dashboard-variables.ts'
import { rangeStep, rateInterval } from './grafana-interval.ts'

/** One query of a generated dashboard, as Grafana would send it. */
export interface DashboardQuery {
  /** The dashboard's title. */
  readonly dashboard: string
  /** Annotations have id 0. */
  readonly panel: { readonly id: number; readonly title: string; readonly type: string }
  readonly refId: string
  readonly expr: string
  readonly ask: 'instant' | 'range'
  /** Unix seconds; an instant query is evaluated at `end`. */
  readonly start: number
  readonly end: number
  /** Seconds. */
  readonly step: number
  /** Why it may rightly be empty, in the panel's own words. */
  readonly emptyMeans: string | null
  /** Variables without a value: Grafana would send them unchanged. */
  readonly unfilled: readonly string[]
}

const reference = z.looseObject({ type: z.string().optional(), uid: z.string().optional() })
const target = z.looseObject({
  refId: z.string(),
  expr: z.string().optional(),
  instant: z.boolean().optional(),
  interval: z.string().optional(),
  datasource: reference.optional(),
})
const panel = z.looseObject({
  id: z.number(),
  type: z.string(),
  title: z.string().default(''),
  targets: z.array(target).default([]),
  fieldConfig: z.looseObject({ defaults: z.looseObject({ noValue: z.string().optional() }) }).optional(),
})
const dashboard = z.looseObject({
  title: z.string(),
  panels: z.array(panel.extend({ panels: z.array(panel).default([]) })).default([]),
  annotations: z.looseObject({
    list: z
      .array(z.looseObject({ name: z.string(), target: target.optional(), datasource: reference.optional() }))
      .default([]),
  }),
  templating: z.looseObject({
    list: z
      .array(
        z.looseObject({
          name: z.string(),
          multi: z.boolean().default(false),
          includeAll: z.boolean().default(false),
          allValue: z.string().optional(),
        }),
      )
      .default([]),
  }),
})
type Target = z.infer<typeof target>
type Panel = z.infer<typeof panel>

/** Every Prometheus query of a dashboard's JSON, its variables interpolated as in Grafana; panels inside rows included. */
export function queriesOf(json: unknown, choices: VariableChoices): readonly DashboardQuery[] {
  const read = dashboard.parse(json)
  const variables: readonly VariableModel[] = read.templating.list
  const made = (of: DashboardQuery['panel'], emptyMeans: string | null, asked: Target): readonly DashboardQuery[] => {
    if (asked.expr === undefined || asked.datasource?.type !== 'prometheus') return []
    const step = rangeStep(choices, asked.interval)
    const { text, unfilled } = fillVariables(asked.expr, variables, choices, {
      step,
      rate: rateInterval(choices, step, asked.interval),
    })
    return [
      {
        dashboard: read.title,
        panel: of,
        refId: asked.refId,
        expr: text,
        ask: asked.instant === true ? 'instant' : 'range',
        start: choices.from,
        end: choices.to,
        step: step / 1000,
        emptyMeans,
        unfilled,
      },
    ]
  }
  const ofPanel = (of: Panel) =>
    of.targets.flatMap((asked) =>
      made({ id: of.id, title: of.title, type: of.type }, of.fieldConfig?.defaults.noValue ?? null, asked),
    )
  const ofAnnotations = read.annotations.list.flatMap(({ name, target: asked }) =>
    asked === undefined ? [] : made({ id: 0, title: name, type: 'annotation' }, 'nothing happened', asked),
  )
  return [...read.panels.flatMap((of) => [...ofPanel(of), ...of.panels.flatMap(ofPanel)]), ...ofAnnotations]
}

/** The path and parameters of a query in Prometheus' API. */
export function pathOf({ ask, expr, start, end, step }: DashboardQuery): string {
  const asked =
    ask === 'instant'
      ? { query: expr, time: String(end) }
      : { query: expr, start: String(start), end: String(end), step: String(step) }
  return `/api/v1/${ask === 'instant' ? 'query' : 'query_range'}?${new URLSearchParams(asked)}`
}
