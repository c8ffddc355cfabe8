import { type DateTime, dateMath, rangeUtil, type TimeRange, type TimeZone } from '@grafana/data'

/** A panel's own time in its JSON: how far it goes back, and by how much it is moved back. */
export interface PanelTime {
  readonly timeFrom?: string
  readonly timeShift?: string
}

/** The time range of a panel within the range of its dashboard. */
export function panelRange(range: TimeRange, { timeFrom, timeShift }: PanelTime, zone?: TimeZone): TimeRange {
  const own = timeFrom ? within(range, timeFrom, zone) : range
  if (!timeShift) return own
  const moved = (at: DateTime) => dateMath.parseDateMath(`-${timeShift}`, at, false)
  const from = moved(own.from)
  const to = moved(own.to)
  // The raw range stays: a refresh asks the same question again.
  return from === undefined || to === undefined ? own : { from, to, raw: own.raw }
}

/** A range that is set by its two ends stays as it is. */
function within(range: TimeRange, timeFrom: string, zone: TimeZone | undefined): TimeRange {
  if (typeof range.raw.from !== 'string') return range
  const { from, to, invalid } = rangeUtil.describeTextRange(timeFrom)
  return invalid === true ? range : rangeUtil.convertRawToRange({ from, to }, zone)
}
