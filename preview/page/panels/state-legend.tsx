import {
  type DataFrame,
  FieldColorModeId,
  FieldType,
  formattedValueToString,
  getValueFormat,
  ThresholdsMode,
} from '@grafana/data'
import { LegendDisplayMode, type VizLegendOptions } from '@grafana/schema'
import { VizLayout, VizLegend } from '@grafana/ui'
import { theme } from '../theme.ts'

/** The states of a timeline and their colours: the bands of its thresholds, or each state that occurs. */
export const stateLegend = (series: readonly DataFrame[], legend: VizLegendOptions) => (
  <VizLayout.Legend placement={legend.placement} {...(legend.width === undefined ? {} : { width: legend.width })}>
    <VizLegend
      displayMode={legend.displayMode ?? LegendDisplayMode.List}
      placement={legend.placement}
      items={statesIn(series).map(([label, color]) => ({ label, color, yAxis: 1 }))}
    />
  </VizLayout.Legend>
)

function statesIn(series: readonly DataFrame[]): readonly (readonly [label: string, color: string])[] {
  const fields = series.flatMap((frame) => frame.fields.filter(({ type }) => type !== FieldType.time))
  const [first] = fields
  const { color, thresholds, mappings = [], unit = '', decimals } = first?.config ?? {}
  if (color?.mode === FieldColorModeId.Thresholds && mappings.length === 0) {
    const format = getValueFormat(thresholds?.mode === ThresholdsMode.Percentage ? 'percent' : unit)
    const text = (value: number) => formattedValueToString(format(value, decimals))
    return (thresholds?.steps ?? []).map((step, i, steps) => {
      const next = steps[i + 1]
      const label = i > 0 ? `${text(step.value)}+` : next === undefined ? 'any value' : `< ${text(next.value)}`
      return [label, theme.visualization.getColorByName(step.color)]
    })
  }
  const states = new Map<string, string>()
  for (const { display, values } of fields)
    for (const value of new Set(values)) {
      if (value === null || value === undefined || display === undefined) continue
      const shown = display(value)
      states.set(formattedValueToString(shown), shown.color ?? theme.colors.text.disabled)
    }
  return [...states]
}
