import {
  type DisplayValue,
  type FieldConfig,
  type FieldDisplay,
  formattedValueToString,
  type PanelProps,
} from '@grafana/data'
import { LegendDisplayMode, SortOrder } from '@grafana/schema'
import {
  type Options,
  PieChartLabels,
  PieChartLegendValues,
  PieChartType,
} from '@grafana/schema/dist/esm/raw/composable/piechart/panelcfg/x/PieChartPanelCfg_types.gen'
import { VizLayout, VizLegend } from '@grafana/ui'
import { theme } from '../theme.ts'
import { arc } from './arc.ts'
import { isSlice } from './nothing-to-draw.ts'
import { displayValues } from './values.ts'
import { linksOf, roleOf, triggering, WithLinks } from './with-links.tsx'

/** Shares of a whole, with their amounts in the legend. */
export function PiePanel(props: PanelProps<Options>) {
  const { options, width, height } = props
  const values = inOrder(
    displayValues(props, theme).filter(({ display, field }) => isSlice(display.numeric) && !hides(field, 'viz')),
    options.sort,
  )
  const total = sumOf(values)
  const { legend } = options
  const below = width < 420
  const placement = below ? 'bottom' : legend.placement
  return (
    <VizLayout
      width={width}
      height={height}
      legend={
        legend.showLegend && legend.displayMode !== LegendDisplayMode.Hidden ? (
          <VizLayout.Legend placement={placement} {...(legend.width === undefined ? {} : { width: legend.width })}>
            <VizLegend
              displayMode={legend.displayMode}
              placement={placement}
              items={values
                .filter(({ field }) => !hides(field, 'legend'))
                .map(({ display }) => ({
                  label: display.title ?? '',
                  yAxis: 0,
                  ...(display.color === undefined ? {} : { color: display.color }),
                  getDisplayValues: () => legendValues(legend.values, display, total),
                }))}
            />
          </VizLayout.Legend>
        ) : null
      }
    >
      {(width, height) => (
        <Slices
          values={values}
          total={total}
          width={width}
          height={height}
          donut={options.pieType === PieChartType.Donut}
          labels={options.displayLabels}
        />
      )}
    </VizLayout>
  )
}

function legendValues(wanted: readonly PieChartLegendValues[], display: DisplayValue, total: number): DisplayValue[] {
  const share = total === 0 ? 0 : (display.numeric / total) * 100
  return [
    ...(wanted.includes(PieChartLegendValues.Value) ? [{ ...display, title: 'Value' }] : []),
    ...(wanted.includes(PieChartLegendValues.Percent)
      ? [{ numeric: share, text: share.toFixed(0), suffix: '%', title: 'Percent' }]
      : []),
  ]
}

interface SlicesProps {
  readonly values: readonly FieldDisplay[]
  readonly total: number
  readonly width: number
  readonly height: number
  readonly donut: boolean
  /** What is written on each slice. */
  readonly labels: readonly PieChartLabels[]
}

function Slices({ values, total, width, height, donut, labels }: SlicesProps) {
  const outer = Math.max(4, Math.min(width, height) / 2 - 4)
  const ring = { x: width / 2, y: height / 2, outer, inner: donut ? outer * 0.6 : 0 }
  const ends = values.map((_, i) => sumOf(values.slice(0, i + 1)))
  const turn = (sum: number) => (sum / total) * 2
  return (
    <svg width={width} height={height} role={roleOf(values.map(linksOf))} aria-label="shares of a whole">
      {values.map((value, i) => (
        <WithLinks key={value.display.title} links={linksOf(value)}>
          {(api) => (
            <path
              d={arc(ring, turn(ends[i - 1] ?? 0), turn(ends[i] ?? 0))}
              fill={value.display.color}
              stroke={theme.colors.background.primary}
              {...triggering(api)}
            >
              <title>{`${value.display.title}: ${formattedValueToString(value.display)}`}</title>
            </path>
          )}
        </WithLinks>
      ))}
      {labels.length === 0
        ? null
        : values.map(({ display }, i) => {
            const angle = ((turn(ends[i - 1] ?? 0) + turn(ends[i] ?? 0)) / 2) * Math.PI
            const radius = (ring.inner + outer) / 2
            return (
              <text
                key={display.title}
                x={ring.x + radius * Math.sin(angle)}
                y={ring.y - radius * Math.cos(angle) + 4}
                textAnchor="middle"
                fontSize={12}
                fill={theme.colors.getContrastText(display.color ?? theme.colors.text.disabled)}
              >
                {labelOf(display, total, labels)}
              </text>
            )
          })}
    </svg>
  )
}

const labelOf = (display: DisplayValue, total: number, labels: readonly PieChartLabels[]) =>
  [
    ...(labels.includes(PieChartLabels.Name) ? [display.title] : []),
    ...(labels.includes(PieChartLabels.Value) ? [formattedValueToString(display)] : []),
    ...(labels.includes(PieChartLabels.Percent) ? [`${((display.numeric / total) * 100).toFixed(0)}%`] : []),
  ].join(' ')

const hides = ({ custom }: FieldConfig, from: 'viz' | 'legend') => custom?.hideFrom?.[from] === true

function inOrder(values: readonly FieldDisplay[], order: SortOrder): readonly FieldDisplay[] {
  if (order === SortOrder.None) return values
  const sign = order === SortOrder.Ascending ? 1 : -1
  return [...values].sort((a, b) => sign * (a.display.numeric - b.display.numeric))
}

const sumOf = (values: readonly FieldDisplay[]) => values.reduce((sum, { display }) => sum + display.numeric, 0)
