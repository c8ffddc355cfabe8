import { css } from '@emotion/css'
import {
  cacheFieldDisplayNames,
  type DataFrame,
  type Field,
  FieldType,
  getFrameDisplayName,
  type PanelProps,
} from '@grafana/data'
import type { Options } from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen'
import { TableNG } from '@grafana/ui/unstable'
import { useMemo, useState } from 'react'
import { theme } from '../theme.ts'
import { withReadableCells } from './readable.ts'
import { withoutDeadLinks } from './with-links.tsx'

/** The footer of a table as Grafana 11 and 12 save it; newer ones set it for each field. */
interface OldFooter {
  readonly show?: boolean
  readonly reducer?: readonly string[]
  readonly fields?: readonly string[] | string
  readonly enablePagination?: boolean
}

/** A row for each set of labels; of several results one is shown, and the others can be chosen below. */
export function TablePanel({ data, options, width, height, timeRange, fieldConfig }: PanelProps<Options>) {
  const [chosen, choose] = useState(options.frameIndex)
  const { footer } = options as Options & { readonly footer?: OldFooter }
  const several = data.series.length > 1
  const index = data.series[chosen] === undefined ? 0 : chosen
  const frame = useMemo(() => {
    const found = data.series[index]
    return found === undefined
      ? undefined
      : withReadableCells({ ...found, fields: found.fields.map((field) => asNow(field, footer)) })
  }, [data.series, index, footer])
  if (frame === undefined) return null
  // The table reads names set by transformations only from this cache.
  cacheFieldDisplayNames(data.series)
  const room = several ? height - chooserHeight : height
  return (
    <>
      <div style={{ height: room }}>
        <TableNG
          key={index}
          data={withoutDeadLinks(frame)}
          width={width}
          height={room}
          timeRange={timeRange}
          fieldConfig={fieldConfig}
          noHeader={!options.showHeader}
          showTypeIcons={options.showTypeIcons ?? false}
          resizable={false}
          enablePagination={options.enablePagination === true || footer?.enablePagination === true}
          {...(options.pageSize === undefined ? {} : { pageSize: options.pageSize })}
          {...(options.frozenColumns?.left === undefined ? {} : { frozenColumns: options.frozenColumns.left })}
          {...(options.maxRowHeight === undefined ? {} : { maxRowHeight: options.maxRowHeight })}
          {...(options.sortBy === undefined ? {} : { sortBy: options.sortBy })}
          {...(options.cellHeight === undefined ? {} : { cellHeight: options.cellHeight })}
          structureRev={data.structureRev ?? 1}
          getActions={() => []}
        />
      </div>
      {several ? <Chooser frames={data.series} index={index} choose={choose} /> : null}
    </>
  )
}

interface ChooserProps {
  readonly frames: readonly DataFrame[]
  readonly index: number
  readonly choose: (index: number) => void
}

const Chooser = ({ frames, index, choose }: ChooserProps) => (
  <select className={chooser} aria-label="Result" value={index} onChange={({ target }) => choose(Number(target.value))}>
    {frames.map((frame, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: results may have the same name
      <option key={i} value={i}>
        {getFrameDisplayName(frame, i)}
      </option>
    ))}
  </select>
)

/** A field with what older versions of Grafana say elsewhere: a column that is hidden, and the calculations below it. */
function asNow(field: Field, footer: OldFooter | undefined): Field {
  const { custom = {} } = field.config
  const fields = typeof footer?.fields === 'string' ? [footer.fields] : (footer?.fields ?? [])
  const wanted = fields.filter((name) => name !== '')
  const isReduced =
    footer?.show === true && field.type === FieldType.number && (wanted.length === 0 || wanted.includes(field.name))
  if (!isReduced && custom.hidden !== true) return field
  return {
    ...field,
    config: {
      ...field.config,
      custom: {
        ...custom,
        ...(custom.hidden === true ? { hideFrom: { ...custom.hideFrom, viz: true } } : {}),
        ...(isReduced ? { footer: { reducers: [...(footer.reducer ?? ['sum'])] } } : {}),
      },
    },
  }
}

const chooserHeight = 32
const chooser = css({
  height: chooserHeight - 4,
  marginTop: 4,
  maxWidth: '100%',
  background: theme.components.input.background,
  color: theme.colors.text.primary,
  border: `1px solid ${theme.components.input.borderColor}`,
  borderRadius: theme.shape.radius.default,
})
