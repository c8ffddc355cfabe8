import { dateMath, fieldMatchers, fieldReducers, rangeUtil, standardTransformers } from '@grafana/data'
import type { Panel } from '@grafana/schema'
import type { PanelJson } from '../dashboard.ts'
import { optionDefaults } from '../panels/option-defaults.ts'
import { rendererOf } from '../panels/renderers.ts'
import { customFieldSupport, standardFieldSupport } from './fields.ts'
import { optionSupport } from './options.ts'
import { cannotAsk, undrawnInQueries } from './queries.ts'
import { type Shortcoming, type Support, type SupportOf, undrawn } from './support.ts'

/** What is drawn of a panel's own properties; those with a part of their own below count as drawn here. */
const panelSupport = {
  autoMigrateFrom: true,
  cacheTimeout: true,
  datasource: true,
  description: true,
  fieldConfig: true,
  gridPos: true,
  hideTimeOverride: true,
  id: true,
  interval: true,
  libraryPanel: true,
  links: true,
  maxDataPoints: true,
  maxPerRow: true,
  options: true,
  pluginVersion: true,
  queryCachingTTL: true,
  repeat: true,
  repeatDirection: true,
  targets: true,
  timeCompare: false,
  timeFrom: true,
  timeShift: true,
  title: true,
  transformations: true,
  transparent: true,
  type: true,
} satisfies SupportOf<Panel>

/** What is missing in the drawing of a panel; null if it is drawn as in Grafana. */
export function shortcomingOf(panel: PanelJson): Shortcoming | null {
  const why = cannotDraw(panel)
  if (why !== null) return { words: why, draws: false }
  const missing = [
    ...undrawn(panel.options, optionSupport[panel.type] ?? true, optionDefaults[panel.type]),
    ...undrawnFields(panel),
    ...undrawnInQueries(panel),
    ...undrawn(panel, panelSupport, undefined),
  ]
  const times = wrongTimes(panel)
  const words = [
    ...(missing.length === 0 ? [] : [`The preview does not draw ${[...new Set(missing)].join(', ')}.`]),
    ...(times.length === 0
      ? []
      : [`The preview, like Grafana, ignores ${times.join(', ')}: a time is written as in 2h.`]),
    ...(panel.repeat ? [`The preview does not draw repeat by ${panel.repeat}: Grafana shows one panel for each.`] : []),
  ]
  return words.length === 0 ? null : { words: words.join(' '), draws: true }
}

/** Why there is nothing to draw, or only something that would be wrong. */
function cannotDraw(panel: PanelJson): string | null {
  const { type, libraryPanel, options, transformations = [] } = panel
  if (libraryPanel !== undefined)
    return `The preview does not have the library panel ${libraryPanel.name ?? libraryPanel.uid}: it is in Grafana, not in this file.`
  const kind = rendererOf(type)
  if (kind === null) return `The preview cannot draw panels of type '${type}'.`
  if (kind.unsupported !== undefined) return kind.unsupported
  if (kind.asksNothing === true) return null
  const foreign = cannotAsk(panel)
  if (foreign !== null) return foreign
  const calculation = calculationsOf(panel).find((id) => fieldReducers.getIfExists(id) === undefined)
  if (calculation !== undefined) return `The preview does not know the calculation ${calculation}.`
  const unknown = transformations.find(({ id, disabled }) => disabled !== true && !transformers.has(id))
  if (unknown !== undefined) return `The preview does not know the transformation ${unknown.id}.`
  const calculates = type === 'heatmap' && options !== undefined && 'calculate' in options && options.calculate === true
  return calculates ? 'The preview does not calculate a heatmap from values (calculate: true).' : null
}

/** How a panel makes one value of a series. */
const calculationsOf = ({ type, options }: PanelJson): readonly string[] =>
  rendererOf(type)?.reduces === true
    ? ((options as { readonly reduceOptions?: { readonly calcs?: readonly string[] } })?.reduceOptions?.calcs ?? [])
    : []

/** The times of its own that are none, and that Grafana ignores, too; a variable may be one. */
function wrongTimes({ timeFrom = '', timeShift = '' }: PanelJson): readonly string[] {
  const isFilled = (text: string) => text !== '' && !text.includes('$')
  return [
    ...(isFilled(timeFrom) && rangeUtil.describeTextRange(timeFrom).invalid === true
      ? [`timeFrom: "${timeFrom}"`]
      : []),
    ...(isFilled(timeShift) && !dateMath.isValid(`now-${timeShift}`) ? [`timeShift: "${timeShift}"`] : []),
  ]
}

const transformers = new Set(Object.values(standardTransformers).map(({ id }) => id))

function undrawnFields({ type, fieldConfig, transformations = [] }: PanelJson): readonly string[] {
  const custom = customFieldSupport[type] ?? {}
  const usual = rendererOf(type)?.fieldDefaults as { readonly custom?: object } | undefined
  const { custom: given, ...standard } = fieldConfig?.defaults ?? {}
  return [
    ...undrawn(standard, standardFieldSupport, undefined),
    ...undrawn(given, custom, usual?.custom, 'custom'),
    ...(fieldConfig?.overrides ?? []).flatMap(({ matcher, properties }) => [
      ...(fieldMatchers.getIfExists(matcher.id) === undefined ? [`an override by ${matcher.id}`] : []),
      ...properties.flatMap(({ id, value }) =>
        undrawn(value, supportOf(id, custom), undefined, id).map((one) => `an override of ${one}`),
      ),
    ]),
    ...transformations.flatMap(({ id, topic, disabled }) =>
      topic === undefined || topic === 'series' || disabled === true ? [] : [`${id} of ${topic}`],
    ),
  ]
}

function supportOf(id: string, custom: Readonly<Record<string, Support>>): Support {
  const [first = '', name = ''] = id.split('.', 2)
  const known: Readonly<Record<string, Support>> = first === 'custom' ? custom : standardFieldSupport
  const key = first === 'custom' ? name : first
  return Object.hasOwn(known, key) ? (known[key] ?? false) : false
}
