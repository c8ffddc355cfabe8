import { perSecondUnit } from '../../definitions/language/query/dimension.ts'
import type { AnyExpression, Carries, DimOf, LabelsOf } from '../../definitions/language/query/vector.ts'
import type { Unit } from '../../definitions/language/unit.ts'

/** An expression of the builder and the expected result. */
interface ExpressionRow {
  readonly of: AnyExpression
  readonly text: string
  readonly labels: readonly string[]
  readonly unit: Unit<string>
  /** Whether every series that Prometheus returns has all the labels; after `or` each side has its own. */
  readonly allInEach: boolean
}

/** The labels that Prometheus adds to every series of a target. */
export const targets = ['bot', 'env', 'instance', 'job'] as const

type Labels<E, N extends readonly string[]> = [LabelsOf<E>] extends [N[number]]
  ? [N[number]] extends [LabelsOf<E>]
    ? unknown
    : { readonly tooMany: Exclude<N[number], LabelsOf<E>> }
  : { readonly missing: Exclude<LabelsOf<E>, N[number]> }

/** A row of a table; it compiles only if the type of the expression has exactly these labels and the unit's dimension. */
export const row = <E extends Carries<string, string>, const N extends readonly string[]>(
  of: E,
  text: string,
  labels: N & Labels<E, N>,
  unit: Unit<DimOf<E>>,
): ExpressionRow => ({ of, text, labels: [...new Set(labels)].sort(), unit, allInEach: true })

/** A row whose series come from both sides, with the labels of each. */
export const rowOfBothSides: typeof row = (of, text, labels, unit) => ({
  ...row(of, text, labels, unit),
  allInEach: false,
})

/** The unit under rate(). */
export const per = <D extends string>(unit: Unit<D>): Unit<`${D}/s`> => perSecondUnit(unit) as Unit<`${D}/s`>
