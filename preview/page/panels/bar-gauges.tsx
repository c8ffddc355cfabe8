import { type FieldDisplay, getDisplayValueAlignmentFactors, type PanelProps, VizOrientation } from '@grafana/data'
import { BarGaugeDisplayMode } from '@grafana/schema'
import type { Options } from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen'
import { BarGauge, VizRepeater } from '@grafana/ui'
import { theme } from '../theme.ts'
import { withReadableColour } from './readable.ts'
import { displayValues } from './values.ts'

/** A bar for each series, scaled to the highest of all or to the field's maximum. */
export function BarGaugePanel(props: PanelProps<Options>) {
  const { options, width, height, data, renderCounter } = props
  return (
    <VizRepeater<FieldDisplay, ReturnType<typeof getDisplayValueAlignmentFactors>>
      getValues={() => displayValues(props, theme)}
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      renderValue={({ value, width, height, orientation, alignmentFactors }) => {
        const processor = value.view?.getFieldDisplayProcessor(value.colIndex ?? 0)
        return (
          <BarGauge
            theme={theme}
            width={width}
            height={height}
            field={value.field}
            value={withReadableColour(value.display)}
            {...(processor === undefined || processor === null ? {} : { display: processor })}
            orientation={orientation}
            alignmentFactors={alignmentFactors}
            displayMode={options.displayMode ?? BarGaugeDisplayMode.Gradient}
            showUnfilled={options.showUnfilled ?? true}
            itemSpacing={10}
            lcdCellWidth={8}
          />
        )
      }}
      width={width}
      height={height}
      source={data}
      renderCounter={renderCounter}
      orientation={options.orientation ?? VizOrientation.Auto}
      itemSpacing={10}
      minVizWidth={options.minVizWidth ?? 8}
      minVizHeight={options.minVizHeight ?? 16}
      maxVizHeight={options.maxVizHeight ?? 300}
    />
  )
}
