import { cacheFieldDisplayNames, type PanelProps } from '@grafana/data'
import type { Options } from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen'
import { TableNG } from '@grafana/ui/unstable'
import { useMemo } from 'react'
import { withReadableCells } from './readable.ts'

/** A row for each set of labels. */
export function TablePanel({ data, options, width, height, timeRange, fieldConfig }: PanelProps<Options>) {
  const frame = data.series[options.frameIndex ?? 0] ?? data.series[0]
  const readable = useMemo(() => (frame === undefined ? undefined : withReadableCells(frame)), [frame])
  if (readable === undefined) return null
  // The table reads names set by transformations only from this cache.
  cacheFieldDisplayNames(data.series)
  return (
    <TableNG
      data={readable}
      width={width}
      height={height}
      timeRange={timeRange}
      fieldConfig={fieldConfig}
      noHeader={!options.showHeader}
      showTypeIcons={options.showTypeIcons ?? false}
      resizable={false}
      {...(options.sortBy === undefined ? {} : { sortBy: options.sortBy })}
      {...(options.cellHeight === undefined ? {} : { cellHeight: options.cellHeight })}
      structureRev={data.structureRev ?? 1}
      getActions={() => []}
    />
  )
}
