import { inSeconds } from '../../definitions/language/duration.ts'
import type { LineCondition, LineFigure, LineOp } from '../../definitions/language/log-query.ts'
import { lineLateness } from '../stack/logs.ts'

/** How long a condition on lines needs from a fault until it is true, in seconds. */
export interface LinesDelay {
  readonly least: number
  readonly most: number
}

/** From a fault to the line or the silence that makes the condition true, and until the store knows it. */
export function linesDelay(condition: LineCondition): LinesDelay {
  if (condition.kind === 'absence') {
    const window = inSeconds(condition.window)
    // the last line may be as old as two of them are apart
    return { least: 0, most: window + lineLateness }
  }
  const window = inSeconds(condition.of.window)
  return { least: 0, most: (needsItsWindow(condition.of, condition.op) ? window : 0) + lineLateness }
}

/** Whether lines from before the fault can outweigh those after it until they leave the window. */
function needsItsWindow({ fn }: LineFigure, op: LineOp): boolean {
  const isAbove = op === '>' || op === '>='
  switch (fn) {
    case 'count':
    case 'missing':
    case 'sum':
    case 'max':
      return !isAbove
    case 'min':
      return isAbove
    case 'avg':
    case 'quantile':
    // what text computes is unknown
    case 'pipes':
      return true
  }
}
