import { type FieldDisplay, getDisplayValueAlignmentFactors, type PanelProps } from '@grafana/data'
import type { Options } from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen'
import {
  BigValue,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueJustifyMode,
  BigValueTextMode,
  VizRepeater,
} from '@grafana/ui'
import { theme } from '../theme.ts'
import { withReadableColour } from './readable.ts'
import { displayValues } from './values.ts'

/** The last value of each series, large. */
export function StatPanel(props: PanelProps<Options>) {
  const { options, width, height, data, renderCounter } = props
  const graph = options.graphMode ?? BigValueGraphMode.None
  return (
    <VizRepeater<FieldDisplay, ReturnType<typeof getDisplayValueAlignmentFactors>>
      getValues={() => displayValues(props, theme, graph !== BigValueGraphMode.None)}
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      renderValue={({ value, width, height, count, alignmentFactors }) => (
        <BigValue
          theme={theme}
          value={colourOf(options) === BigValueColorMode.Value ? withReadableColour(value.display) : value.display}
          {...(value.sparkline === undefined ? {} : { sparkline: value.sparkline })}
          width={width}
          height={height}
          count={count}
          alignmentFactors={alignmentFactors}
          colorMode={colourOf(options)}
          graphMode={graph}
          justifyMode={options.justifyMode ?? BigValueJustifyMode.Auto}
          textMode={options.textMode ?? BigValueTextMode.Auto}
        />
      )}
      width={width}
      height={height}
      source={data}
      itemSpacing={3}
      renderCounter={renderCounter}
      orientation={options.orientation}
      autoGrid
    />
  )
}

const colourOf = ({ colorMode }: Options) => colorMode ?? BigValueColorMode.Value
