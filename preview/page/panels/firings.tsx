import type { TimeRange } from '@grafana/data'
import type { UPlotConfigBuilder } from '@grafana/ui'
import { useContext, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import type uPlot from 'uplot'
import { type Firing, FiringsContext } from '../scene/firings.ts'
import { type MarksReport, ReportsContext } from '../scene/reports.ts'
import { theme } from '../theme.ts'

/** When alerts fired in a range; none before the first answer and if the query fails, which the page reports. */
export function useFirings(range: TimeRange): readonly Firing[] {
  const ask = useContext(FiringsContext)
  const reports = useContext(ReportsContext)
  const drawing = useId()
  const [fired, setFired] = useState<readonly Firing[]>([])
  const asked = useRef(0)
  const shown = useRef(0)
  const from = range.from.valueOf()
  const to = range.to.valueOf()
  useEffect(() => {
    asked.current += 1
    const turn = asked.current
    // A later question does not make an answer worthless, only a later answer does.
    const show = (found: readonly Firing[], wrong: MarksReport | null) => {
      if (turn < shown.current) return
      shown.current = turn
      setFired(found)
      reports.marks(drawing, wrong)
    }
    ask(from, to).then(
      ({ fired, warnings }) => show(fired, warnings.length === 0 ? null : { words: warnings.join(' '), some: true }),
      (error: Error) => show([], { words: error.message, some: false }),
    )
  }, [ask, reports, drawing, from, to])
  useEffect(
    () => () => {
      // What is still to come is no longer drawn.
      asked.current += 1
      shown.current = asked.current
      reports.marks(drawing, null)
    },
    [reports, drawing],
  )
  return fired
}

interface MarksProps {
  readonly config: UPlotConfigBuilder
  readonly fired: readonly Firing[]
}

/** Marks on the curves when alerts fired: a line at the start, a band for the duration. */
export function Marks({ config, fired }: MarksProps) {
  const shown = useRef(fired)
  const chart = useRef<uPlot>(null)

  useLayoutEffect(() => {
    config.addHook('init', (u) => {
      chart.current = u
    })
    config.addHook('drawClear', (u) => drawBands(u, shown.current))
    config.addHook('draw', (u) => drawBeginnings(u, shown.current))
  }, [config])

  useEffect(() => {
    shown.current = fired
    chart.current?.redraw(false, false)
  }, [fired])

  return null
}

/** One band, however many alerts fire: the curves stay visible. */
function drawBands(u: uPlot, fired: readonly Firing[]): void {
  const { left, top, width, height } = u.bbox
  const within = (x: number) => Math.min(left + width, Math.max(left, x))
  u.ctx.save()
  u.ctx.globalAlpha = 0.12
  for (const { from, to, colour } of joined(fired)) {
    const a = within(u.valToPos(from, 'x', true))
    const b = within(u.valToPos(to, 'x', true))
    u.ctx.fillStyle = theme.visualization.getColorByName(colour)
    u.ctx.fillRect(a, top, Math.max(1, b - a), height)
  }
  u.ctx.restore()
}

function drawBeginnings(u: uPlot, fired: readonly Firing[]): void {
  const { left, top, width, height } = u.bbox
  u.ctx.save()
  u.ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio])
  for (const { from, colour } of fired) {
    const x = u.valToPos(from, 'x', true)
    if (x < left || x > left + width) continue
    u.ctx.strokeStyle = theme.visualization.getColorByName(colour)
    u.ctx.beginPath()
    u.ctx.moveTo(x, top)
    u.ctx.lineTo(x, top + height)
    u.ctx.stroke()
  }
  u.ctx.restore()
}

type Band = Pick<Firing, 'from' | 'to' | 'colour'>

/** Periods of the same colour that touch or overlap, as one. */
function joined(fired: readonly Firing[]): readonly Band[] {
  const bands: { from: number; to: number; colour: string }[] = []
  for (const { from, to, colour } of [...fired].sort((a, b) => a.from - b.from)) {
    const open = bands.findLast((band) => band.colour === colour)
    if (open !== undefined && from <= open.to) open.to = Math.max(open.to, to)
    else bands.push({ from, to, colour })
  }
  return bands
}
