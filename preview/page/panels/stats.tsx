import { type FieldDisplay, getDisplayValueAlignmentFactors, type PanelProps } from '@grafana/data'
import type { Options } from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen'
import {
  BigValue,
  BigValueColorMode,
  BigValueGraphMode,
  type BigValueJustifyMode,
  type BigValueTextMode,
  VizRepeater,
} from '@grafana/ui'
import { theme } from '../theme.ts'
import { withReadableColour } from './readable.ts'
import { displayValues } from './values.ts'
import { linksOf, opening, WithLinks } from './with-links.tsx'

/** The last value of each series, large. */
export function StatPanel(props: PanelProps<Options>) {
  const { options, width, height, data, renderCounter } = props
  const { colorMode, graphMode, justifyMode, textMode, text, percentChangeColorMode, wideLayout } = options
  const wanted = { sparkline: graphMode !== BigValueGraphMode.None, percentChange: options.showPercentChange }
  return (
    <VizRepeater<FieldDisplay, ReturnType<typeof getDisplayValueAlignmentFactors>>
      getValues={() => displayValues(props, theme, wanted)}
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      renderValue={({ value, width, height, count, alignmentFactors }) => (
        <WithLinks links={linksOf(value)}>
          {(api) => (
            <BigValue
              theme={theme}
              value={colorMode === BigValueColorMode.Value ? withReadableColour(value.display) : value.display}
              {...(value.sparkline === undefined ? {} : { sparkline: value.sparkline })}
              width={width}
              height={height}
              count={count}
              alignmentFactors={alignmentFactors}
              colorMode={colorMode as BigValueColorMode}
              graphMode={graphMode as BigValueGraphMode}
              justifyMode={justifyMode as BigValueJustifyMode}
              textMode={textMode as BigValueTextMode}
              percentChangeColorMode={percentChangeColorMode}
              disableWideLayout={!wideLayout}
              {...(text === undefined ? {} : { text })}
              {...opening(api)}
            />
          )}
        </WithLinks>
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
