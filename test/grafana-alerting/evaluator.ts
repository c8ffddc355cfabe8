import { math, type Vars } from './math.ts'
import { type ReadRule, secondsOfFile } from './provisioning-file.ts'
import { type Instance, type Instances, next, resultsOf, type StateRule } from './state.ts'
import { threshold } from './threshold.ts'
import { labelSetText, type StepValue } from './value.ts'

/** What Prometheus answers to each query of a rule at one time, by refId. */
type Answers = Readonly<Record<string, readonly StepValue[]>>

/** The label sets for which a rule fires after each of its evaluations, as the Alertmanager in Grafana sees it. */
export function evaluate(
  rule: ReadRule,
  interval: number,
  answers: readonly Answers[],
): readonly ReadonlySet<string>[] {
  const states: StateRule = {
    interval,
    for: secondsOfFile(rule.for),
    keepFiringFor: secondsOfFile(rule.keepFiringFor ?? '0s'),
    missingEvals: rule.missing_series_evals_to_resolve,
    noDataState: rule.noDataState,
    execErrState: rule.execErrState,
  }
  let instances: Instances = new Map()
  return answers.map((answer, i) => {
    instances = next(states, instances, resultsOf(conditionOf(rule, answer)), i * interval)
    return new Set([...instances.values()].filter(isSent).map(({ labels }) => labelSetText(labels)))
  })
}

/** An instance that recovers still fires for everyone else. */
const isSent = ({ state }: Instance): boolean => state === 'Alerting' || state === 'Recovering'

/** The result of the step that decides, after all steps before it. */
function conditionOf({ data, condition }: ReadRule, answers: Answers): readonly StepValue[] {
  const vars: Record<string, readonly StepValue[]> = {}
  for (const { refId, model } of data) vars[refId] = stepOf(model, answers, vars)
  const of = vars[condition]
  if (of === undefined) throw new Error(`the condition ${condition} is no refId`)
  return of
}

function stepOf(model: ReadRule['data'][number]['model'], answers: Answers, before: Vars): readonly StepValue[] {
  if (!('type' in model)) {
    const answer = answers[model.refId] ?? []
    return answer.length === 0 ? [{ kind: 'noData' }] : answer
  }
  if (model.type === 'math') return math(model.expression, before)
  const [{ evaluator }] = model.conditions
  const of = before[model.expression]
  if (of === undefined) throw new Error(`${model.refId} reads ${model.expression}, which must come before it`)
  return threshold(evaluator.type, evaluator.params, of)
}
