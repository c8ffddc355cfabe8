/** A ring around a centre, in pixels. */
export interface Ring {
  readonly x: number
  readonly y: number
  readonly inner: number
  readonly outer: number
}

/** The outline of a ring segment as an SVG path; angles in half turns, 0 is up, clockwise. */
export function arc({ x, y, inner, outer }: Ring, from: number, to: number): string {
  // In a full ring both ends are the same point, and SVG would draw nothing.
  const end = Math.min(to, from + 1.9999)
  const at = (radius: number, angle: number) =>
    `${x + radius * Math.sin(angle * Math.PI)} ${y - radius * Math.cos(angle * Math.PI)}`
  const large = end - from > 1 ? 1 : 0
  return `M${at(outer, from)}A${outer} ${outer} 0 ${large} 1 ${at(outer, end)}L${at(inner, end)}A${inner} ${inner} 0 ${large} 0 ${at(inner, from)}Z`
}
