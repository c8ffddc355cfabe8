import type { PanelProps } from '@grafana/data'
import { PanelContextProvider, usePanelContext } from '@grafana/ui'
import { type ReactNode, useMemo } from 'react'
import { Hidden } from '../hidden.tsx'
import type { Firing } from '../scene/firings.ts'
import { useFirings } from './firings.tsx'
import { drawingInWords } from './in-words.ts'

interface DrawingProps {
  readonly type: string
  readonly panel: PanelProps
  readonly children: ReactNode
}

/** A drawing, for screen readers in words, too. */
export function Accessible({ type, panel, children }: DrawingProps) {
  // With it, a legend's icon would be a button of 14 by 4 pixels to change a colour that the definition sets.
  const { onSeriesColorChange: _, ...context } = usePanelContext()
  return (
    <PanelContextProvider value={context}>
      {type === 'timeseries' ? <CurvesInWords panel={panel} /> : <InWords type={type} panel={panel} fired={none} />}
      {children}
    </PanelContextProvider>
  )
}

const none: readonly Firing[] = []

function CurvesInWords({ panel }: { readonly panel: PanelProps }) {
  return <InWords type="timeseries" panel={panel} fired={useFirings(panel.timeRange)} />
}

interface InWordsProps {
  readonly type: string
  readonly panel: PanelProps
  readonly fired: readonly Firing[]
}

function InWords({ type, panel, fired }: InWordsProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words follow from the data and its time range
  const text = useMemo(() => drawingInWords(type, panel, fired), [type, panel.data, panel.timeRange, fired])
  return text === null ? null : <Hidden text={text} />
}
