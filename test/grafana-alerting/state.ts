import { labelSetText, labelsOf, type StepLabels, type StepValue } from './value.ts'

export type ResultState = 'Normal' | 'Alerting' | 'NoData' | 'Error'
type State = ResultState | 'Pending' | 'Recovering'
/** One instance of a rule after an evaluation. */
export interface Instance {
  readonly labels: StepLabels
  readonly state: State
  /** When it came into this state, and when it was evaluated last, in seconds. */
  readonly since: number
  readonly evaluated: number
}
/** All instances of a rule by their labels. */
export type Instances = ReadonlyMap<string, Instance>
export interface RuleResult {
  readonly labels: StepLabels
  readonly state: ResultState
}
/** What a rule says about its states; durations in seconds. */
export interface StateRule {
  readonly interval: number
  readonly for: number
  readonly keepFiringFor: number
  readonly missingEvals: number
  readonly noDataState: 'OK' | 'NoData' | 'Alerting' | 'KeepLast'
  readonly execErrState: 'OK' | 'Error' | 'Alerting' | 'KeepLast'
}

/** What the value of the condition means (pkg/services/ngalert/eval/eval.go): zero is normal, any other value alerts, also NaN. */
export function resultsOf(condition: readonly StepValue[]): readonly RuleResult[] {
  if (condition.length === 0) return [{ labels: {}, state: 'NoData' }]
  const results = condition.map((one): RuleResult => ({ labels: labelsOf(one), state: meaningOf(one) }))
  const isUnique = new Set(results.map(({ labels }) => labelSetText(labels))).size === results.length
  return isUnique ? results : [{ labels: {}, state: 'Error' }]
}

function meaningOf(one: StepValue): ResultState {
  switch (one.kind) {
    case 'noData':
      return 'NoData'
    case 'series':
      return 'Error'
    case 'number':
    case 'scalar':
      return one.value === null ? 'NoData' : one.value === 0 ? 'Normal' : 'Alerting'
  }
}

/**
 * The instances after an evaluation (pkg/services/ngalert/state/manager.go and state.go). No data at all, unless the rule wants a
 * state of its own for it, changes every instance; otherwise an instance that is not in the results is missing.
 */
export function next(rule: StateRule, before: Instances, results: readonly RuleResult[], now: number): Instances {
  const toAll = (state: ResultState, of: string) => results.every((one) => one.state === state) && of !== state
  const isForAll = toAll('NoData', rule.noDataState) || (results.length > 0 && toAll('Error', rule.execErrState))
  const [first] = results
  if (isForAll && before.size > 0)
    return new Map([...before].map(([key, one]) => [key, after(rule, one, first?.state ?? 'NoData', now)]))
  const changed = results.map(({ labels, state }) => {
    const known = before.get(labelSetText(labels)) ?? { labels, state: 'Normal', since: now, evaluated: now }
    return [labelSetText(labels), after(rule, known, state, now)] as const
  })
  const found = new Map(changed)
  const missing = [...before].filter(([key]) => !found.has(key)).filter(([, one]) => !isStale(rule, one, now))
  return new Map([...missing, ...found])
}

/** Whether a missing instance is given up: after as many evaluations as its rule says, or one if it never had a value. */
const isStale = (rule: StateRule, { state, evaluated }: Instance, now: number): boolean =>
  now - evaluated >= rule.interval * (state === 'NoData' || state === 'Error' ? 1 : rule.missingEvals)

function after(rule: StateRule, before: Instance, result: ResultState, now: number): Instance {
  const { state } = before
  const to = (into: State): Instance => ({
    ...before,
    state: into,
    since: into === state ? before.since : now,
    evaluated: now,
  })
  const alerting = (): Instance => {
    if (state === 'Alerting') return to('Alerting')
    if (state === 'Recovering') return to('Alerting')
    if (state === 'Pending') return to(now - before.since >= rule.for ? 'Alerting' : 'Pending')
    return to(rule.for > 0 ? 'Pending' : 'Alerting')
  }
  const normal = (): Instance => {
    if (state === 'Recovering') return to(now - before.since >= rule.keepFiringFor ? 'Normal' : 'Recovering')
    return to(state === 'Alerting' && rule.keepFiringFor > 0 ? 'Recovering' : 'Normal')
  }
  const kept = (): Instance => {
    if (state === 'Alerting') return to('Alerting')
    if (state === 'Pending') return now - before.since >= rule.for ? to('Alerting') : to('Pending')
    return normal()
  }
  const mapped = (of: StateRule['noDataState'] | StateRule['execErrState'], own: State): Instance => {
    switch (of) {
      case 'Alerting':
        return alerting()
      case 'OK':
        return normal()
      case 'KeepLast':
        return kept()
      case 'NoData':
      case 'Error':
        return to(own)
    }
  }
  switch (result) {
    case 'Alerting':
      return alerting()
    case 'Normal':
      return normal()
    case 'NoData':
      return mapped(rule.noDataState, 'NoData')
    case 'Error':
      return mapped(rule.execErrState, 'Error')
  }
}
