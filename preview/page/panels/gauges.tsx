import {
  type FieldDisplay,
  formattedValueToString,
  getValueFormat,
  type PanelProps,
  ThresholdsMode,
} from '@grafana/data'
import { BarGaugeSizing } from '@grafana/schema'
import type { Options } from '@grafana/schema/dist/esm/raw/composable/gauge/panelcfg/x/GaugePanelCfg_types.gen'
import { type DataLinksContextMenuApi, measureText, VizRepeater } from '@grafana/ui'
import { theme } from '../theme.ts'
import { arc, type Ring } from './arc.ts'
import { readable } from './readable.ts'
import { displayValues } from './values.ts'
import { linksOf, triggering, WithLinks } from './with-links.tsx'

/** A dial for each series: where its value is between minimum and maximum, and its threshold bands. */
export function GaugePanel(props: PanelProps<Options>) {
  const { options, width, height, data, renderCounter } = props
  return (
    <VizRepeater<FieldDisplay>
      getValues={() => displayValues(props, theme)}
      renderValue={({ value, width, height, count }) => (
        <WithLinks links={linksOf(value)}>
          {(api) => (
            <Dial
              value={value}
              width={width}
              height={height}
              named={count > 1}
              marked={options.showThresholdMarkers}
              api={api}
            />
          )}
        </WithLinks>
      )}
      width={width}
      height={height}
      source={data}
      renderCounter={renderCounter}
      orientation={options.orientation}
      {...(options.sizing === BarGaugeSizing.Manual
        ? { minVizWidth: options.minVizWidth, minVizHeight: options.minVizHeight }
        : {})}
      autoGrid
    />
  )
}

interface DialProps {
  readonly value: FieldDisplay
  readonly width: number
  readonly height: number
  /** Whether the series' name is shown below. */
  readonly named: boolean
  readonly api: DataLinksContextMenuApi
  /** Whether the rim shows the threshold bands. */
  readonly marked: boolean
}

const from = -0.62
const to = 0.62

function Dial({ value, width, height, named, marked, api }: DialProps) {
  const { field, display } = value
  const min = field.min ?? 0
  const max = field.max ?? 100
  const name = named ? 18 : 0
  // A dial open at the bottom is two radii wide and 1.75 high.
  const radius = Math.max(10, Math.min(width / 2, (height - name) / 1.75) - 4)
  const x = width / 2
  const y = radius + 4
  const turn = (at: number) => from + (to - from) * Math.min(1, Math.max(0, (at - min) / (max - min || 1)))
  const track: Ring = { x, y, inner: radius * 0.66, outer: radius * 0.9 }
  const rim: Ring = { x, y, inner: radius * 0.94, outer: radius }
  const steps = marked ? (field.thresholds?.steps ?? []) : []
  const inPercent = field.thresholds?.mode === ThresholdsMode.Percentage
  const bound = (at: number | null | undefined, open: number) =>
    typeof at !== 'number' || !Number.isFinite(at)
      ? open
      : Math.max(min, inPercent ? min + ((max - min) * at) / 100 : at)
  const text = formattedValueToString(display)
  const onScale = [min, max].map((end) => formattedValueToString(getValueFormat(field.unit)(end))).join(' to ')
  const fits = (radius * 1.15) / Math.max(1, measureText(text, 100).width)
  const size = Math.min(radius * 0.42, 100 * fits)
  return (
    <svg
      width={width}
      height={height}
      role="img"
      {...triggering(api)}
      aria-label={`${display.title ?? ''} ${text}, on a scale from ${onScale}`}
    >
      <path d={arc(track, from, to)} fill={theme.colors.background.secondary} />
      {Number.isNaN(display.numeric) ? null : <path d={arc(track, from, turn(display.numeric))} fill={display.color} />}
      {steps.map((step, i) => (
        <path
          key={`${step.value}`}
          data-from={bound(step.value, min)}
          d={arc(rim, turn(bound(step.value, min)), turn(bound(steps[i + 1]?.value, max)))}
          fill={theme.visualization.getColorByName(step.color)}
        />
      ))}
      <text
        x={x}
        y={y + size * 0.3}
        textAnchor="middle"
        fontSize={size}
        fontWeight={500}
        fill={readable(display.color ?? theme.colors.text.primary)}
      >
        {text}
      </text>
      {named ? (
        <text x={x} y={height - 4} textAnchor="middle" fontSize={12} fill={theme.colors.text.primary}>
          {display.title}
        </text>
      ) : null}
    </svg>
  )
}
