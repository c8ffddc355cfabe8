import { css } from '@emotion/css'
import { dateTimeFormat, type TimeRange, type TimeZone } from '@grafana/data'
import { type EmbeddedScene, sceneGraph } from '@grafana/scenes'
import { useNow } from '../scene/age.ts'
import { theme } from '../theme.ts'

/** The range of a page that does not end now: the time picker has no room for it in a narrow window. */
export function PastRange({ scene }: { readonly scene: EmbeddedScene }) {
  const range = sceneGraph.getTimeRange(scene)
  const { value, to } = range.useState()
  const now = useNow()
  if (to === 'now' || value.to.valueOf() > now) return null
  return (
    <p className={past} data-past-range>
      A past range: {rangeText(value, range.getTimeZone())}
    </p>
  )
}

/** The day is said once if the range is shorter than one. */
function rangeText({ from, to }: TimeRange, timeZone: TimeZone): string {
  const text = (at: number, format: string) => dateTimeFormat(at, { format, timeZone })
  const isShort = to.valueOf() - from.valueOf() < 24 * 3600 * 1000
  return `${text(from.valueOf(), 'YYYY-MM-DD HH:mm')} to ${text(to.valueOf(), isShort ? 'HH:mm' : 'YYYY-MM-DD HH:mm')}`
}

const past = css({ margin: 0, fontWeight: theme.typography.fontWeightMedium, color: theme.colors.warning.text })
