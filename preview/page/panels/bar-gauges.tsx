import { type FieldDisplay, getDisplayValueAlignmentFactors, type PanelProps } from '@grafana/data'
import { BarGaugeSizing } from '@grafana/schema'
import type { Options } from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen'
import { BarGauge, VizRepeater } from '@grafana/ui'
import { theme } from '../theme.ts'
import { withReadableColour } from './readable.ts'
import { displayValues } from './values.ts'
import { linksOf, opening, WithLinks } from './with-links.tsx'

/** A bar for each series, scaled to the highest of all or to the field's maximum. */
export function BarGaugePanel(props: PanelProps<Options>) {
  const { options, width, height, data, renderCounter } = props
  const { minVizWidth, minVizHeight, maxVizHeight } = options.sizing === BarGaugeSizing.Manual ? options : automatic
  return (
    <VizRepeater<FieldDisplay, ReturnType<typeof getDisplayValueAlignmentFactors>>
      getValues={() => displayValues(props, theme)}
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      renderValue={({ value, width, height, orientation, alignmentFactors }) => {
        const processor = value.view?.getFieldDisplayProcessor(value.colIndex ?? 0)
        return (
          <WithLinks links={linksOf(value)}>
            {(api) => (
              <BarGauge
                theme={theme}
                width={width}
                height={height}
                field={value.field}
                value={withReadableColour(value.display)}
                {...(processor === undefined || processor === null ? {} : { display: processor })}
                orientation={orientation}
                alignmentFactors={alignmentFactors}
                displayMode={options.displayMode}
                showUnfilled={options.showUnfilled}
                valueDisplayMode={options.valueMode}
                namePlacement={options.namePlacement}
                {...(options.text === undefined ? {} : { text: options.text })}
                itemSpacing={10}
                lcdCellWidth={8}
                {...opening(api)}
              />
            )}
          </WithLinks>
        )
      }}
      width={width}
      height={height}
      source={data}
      renderCounter={renderCounter}
      orientation={options.orientation}
      itemSpacing={10}
      minVizWidth={minVizWidth}
      minVizHeight={minVizHeight}
      maxVizHeight={maxVizHeight}
    />
  )
}

/** In pixels; a dashboard sets its own only if it sizes its bars manually. */
const automatic = { minVizWidth: 8, minVizHeight: 16, maxVizHeight: 300 }
