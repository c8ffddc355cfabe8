/** How a value is formatted for a person; `plain` follows its unit. */
export type ValueFormat = 'plain' | 'percent' | 'bps' | 'duration' | 'iec' | 'fixed' | 'date'

export interface HoleData {
  readonly from: 'label' | 'value'
  /** The name of the label, or `value`. */
  readonly name: string
  readonly as: ValueFormat
}

/** A placeholder for something known only when the alert fires; usable only inside text`…`. */
export interface Hole {
  readonly hole: HoleData
}

export type Holes<L extends string> = { readonly [K in L]: Hole }

/** The placeholder for the alert's value; its dimension determines the available formats. */
export type ValueHole<D extends string> = Hole &
  (D extends 'ratio'
    ? { readonly percent: Hole; readonly bps: Hole }
    : D extends 'time'
      ? { readonly duration: Hole }
      : D extends 'timestamp'
        ? { readonly date: Hole }
        : D extends 'bytes'
          ? { readonly iec: Hole }
          : D extends 'usdt' | 'usd' | 'krw'
            ? { readonly fixed: Hole }
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

export const plainText = (words: string): Text => Object.freeze({ text: Object.freeze([words]) })

const formats: readonly string[] = ['percent', 'bps', 'duration', 'iec', 'fixed', 'date'] satisfies ValueFormat[]

/** Creates a placeholder; converting it to a string throws an error that says what to do instead. */
function hole(data: HoleData): Hole {
  const early = () => {
    throw new TypeError(
      `${data.from === 'value' ? 'the value' : `label ${data.name}`} is known only when the alert fires: write it inside text\`…\``,
    )
  }
  return new Proxy({ hole: Object.freeze(data) } as Hole, {
    get(target, key) {
      if (key === 'hole') return target.hole
      if (key === Symbol.toPrimitive || key === 'toString' || key === 'valueOf' || key === 'toJSON') return early
      return data.from === 'value' && typeof key === 'string' && formats.includes(key)
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
