import type { FigureHole } from '../../../definitions/language/text.ts'
import { literal, type TemplateValues } from '../../text/template.ts'

/** What a rule has to compute so that its annotations can say it, by refId. */
interface ComputedSteps {
  readonly figures: Map<string, FigureHole>
  /** Expressions of Grafana's math, which read other refIds. */
  readonly products: Map<string, string>
}

/**
 * The values in an annotation of Grafana, which has no queries in templates: every figure is a query of the rule, and every value in
 * another unit is an expression of it. Both are collected while the template is written.
 */
export function grafanaValues(value: string): { readonly values: TemplateValues; readonly computed: ComputedSteps } {
  const figures = new Map<string, FigureHole>()
  const products = new Map<string, string>()
  const variable = (refId: string) => `$values.${refId}.Value`
  const refIdOf = <T>(letter: string, known: Map<string, T>, of: T, isSame: (one: T) => boolean): string => {
    const found = [...known].find(([, one]) => isSame(one))?.[0]
    const refId = found ?? `${letter}${known.size}`
    known.set(refId, of)
    return refId
  }
  return {
    computed: { figures, products },
    values: {
      value: variable(value),
      scaled: (of, num, den) => {
        const from = /^\$values\.(\w+)\.Value$/.exec(of)?.[1] ?? value
        const product = `$${from}${num === 1 ? '' : ` * ${num}`}${den === 1 ? '' : ` / ${den}`}`
        return variable(refIdOf('S', products, product, (one) => one === product))
      },
      figure: (hole, print) => {
        const refId = refIdOf('F', figures, hole, (one) => one === hole)
        // a figure without a value is not in the map, which then yields one without labels
        const known = `(index $values "${refId}").Labels`
        return hole.labels.length === 0
          ? print(variable(refId))
          : `{{ if ${known} }}${print(variable(refId))}{{ else }}${literal(hole.otherwise)}{{ end }}`
      },
    },
  }
}
