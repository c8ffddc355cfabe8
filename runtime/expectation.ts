import type { OpenLabels } from '../definitions/language/catalogue.ts'
import type { AnyDeclaration } from '../definitions/language/metric.ts'
import type { Mistake } from '../definitions/language/mistake.ts'

/** The open labels of a handle: the values of the closed ones are known. */
type OpenLabelsOfHandle<H> = H extends { readonly bind: (labels: infer V) => unknown }
  ? { [K in keyof V]: string extends V[K] ? K : never }[keyof V] & string
  : never

/** A group of the catalogue, as it was passed to it: metrics by their keys. */
type Group<H> = { readonly [K in keyof H]?: AnyDeclaration }

/** A metric or a group; its open labels are those that can be expected for it. */
type OpenLabelsOfPart<P> = P extends { readonly bind: unknown } ? OpenLabelsOfHandle<P> : OpenLabels<P>

type Fitting<H, P> = P extends { readonly bind: unknown }
  ? [OpenLabelsOfHandle<P>] extends [never]
    ? Mistake<'this metric has no open label: there is nothing to expect of it'>
    : P
  : P extends Group<H>
    ? P
    : Mistake<'give metrics of this object or groups of its catalogue, by value'>

/** Expects values for all metrics, for `only` some of them, or for all `without` some; metrics and groups are given by value. */
export type Expect<C, H> = <P extends object = never, W extends object = never>(
  values: { readonly [K in [P] extends [never] ? OpenLabels<C> : OpenLabelsOfPart<P>]?: readonly string[] },
  scope?:
    | { readonly only: readonly (P & Fitting<H, P>)[]; readonly without?: never }
    | { readonly without: readonly (W & Fitting<H, W>)[]; readonly only?: never },
) => void
