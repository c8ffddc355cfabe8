import type { Defect } from './defect.ts'
import { type Node, selectors } from './node.ts'
import type { Values } from './query/vector.ts'
import type { Unit } from './unit.ts'

/** How a value is formatted for a person; `plain` follows its unit. */
export type ValueFormat = 'plain' | 'percent' | 'bps' | 'duration' | 'iec' | 'fixed' | 'date'

/** The placeholder for a label or for the alert's value. */
interface OwnHole {
  readonly from: 'label' | 'value'
  /** The name of the label, or `value`. */
  readonly name: string
  readonly as: ValueFormat
}

/** The placeholder for the value of another expression, for the same target as the alert; also usable in the steps of its runbook. */
export interface FigureHole {
  readonly from: 'figure'
  /** The name of its first series. */
  readonly name: string
  readonly as: ValueFormat
  readonly query: Node
  readonly unit: Unit<string>
  readonly labels: readonly string[]
  /** The text for a missing value. */
  readonly otherwise: string
  readonly defects: readonly Defect[]
}

export type HoleData = OwnHole | FigureHole

/** A placeholder for something known only when the alert fires; usable only inside text`…`. */
export interface Hole {
  readonly hole: HoleData
}

/** The placeholder for a figure, which the steps of a runbook can say as well. */
export interface Figure {
  readonly hole: FigureHole
}

export type Holes<L extends string> = { readonly [K in L]: Hole }

/** The placeholder for the alert's value; its dimension determines the available formats. */
export type ValueHole<D extends string, H extends Hole = Hole> = H &
  (D extends 'ratio'
    ? { readonly percent: H; readonly bps: H }
    : D extends 'time'
      ? { readonly duration: H }
      : D extends 'timestamp'
        ? { readonly date: H }
        : D extends 'bytes'
          ? { readonly iec: H }
          : D extends 'usdt' | 'usd' | 'krw'
            ? { readonly fixed: H }
            : {})

export interface Text {
  readonly text: readonly (string | HoleData)[]
}

/** A sentence with placeholders that are filled in when the alert fires: text`${l.symbol}: ${value.percent}`. */
export function text(parts: TemplateStringsArray, ...holes: readonly (Hole | string | number)[]): Text {
  const written = parts.flatMap((part, i) => {
    const hole = holes[i]
    return hole === undefined ? [part] : [part, typeof hole === 'object' ? hole.hole : String(hole)]
  })
  return Object.freeze({ text: Object.freeze(written.filter((part) => part !== '')) })
}

/**
 * The value of another expression when the message is sent, for the same target as the alert: text`it held ${figure(
 * last_over_time(metrics.open_positions.over('1d')), '?')} positions`, or act(note`…`). `otherwise` is the text for a missing value.
 */
export function figure<L extends string, D extends string>(of: Values<L, D>, otherwise: string): ValueHole<D, Figure> {
  const { node: query, unit, labels, defects } = of
  const name = selectors(query)[0]?.name ?? 'figure'
  return hole({ from: 'figure', name, as: 'plain', query, unit, labels, otherwise, defects }) as ValueHole<D, Figure>
}

/** The figures of a text. */
export const figuresIn = ({ text: parts }: Text): readonly FigureHole[] =>
  parts.filter((part) => typeof part !== 'string' && part.from === 'figure')

export const plainText = (words: string): Text => Object.freeze({ text: Object.freeze([words]) })

const formats: readonly string[] = ['percent', 'bps', 'duration', 'iec', 'fixed', 'date'] satisfies ValueFormat[]

/** Creates a placeholder; converting it to a string throws an error that says what to do instead. */
function hole(data: HoleData): Hole {
  const early = () => {
    throw new TypeError(
      `${data.from === 'label' ? `label ${data.name}` : `the ${data.from}`} is known only when the alert fires: write it inside text\`…\``,
    )
  }
  return new Proxy({ hole: Object.freeze(data) } as Hole, {
    get(target, key) {
      if (key === 'hole') return target.hole
      if (key === Symbol.toPrimitive || key === 'toString' || key === 'valueOf' || key === 'toJSON') return early
      return data.from !== 'label' && typeof key === 'string' && formats.includes(key)
        ? hole({ ...data, as: key as ValueFormat })
        : undefined
    },
  })
}

/** The placeholders for the labels of a rule's series; `unknown` is called for any other label. */
export const labelHoles = (known: readonly string[], unknown: (label: string) => void): Holes<string> =>
  new Proxy({} as Record<string, Hole>, {
    get(_, key) {
      if (key === Symbol.toPrimitive || key === 'toString' || key === 'valueOf' || key === 'toJSON')
        throw new TypeError('labels are known only when the alert fires: write each inside text`…`')
      if (typeof key !== 'string') return undefined
      if (!known.includes(key)) unknown(key)
      return hole({ from: 'label', name: key, as: 'plain' })
    },
  })

export const valueHole = (): Hole => hole({ from: 'value', name: 'value', as: 'plain' })
