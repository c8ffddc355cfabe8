import { listText } from '../../text/list-text.ts'
import type { YamlNode } from '../../text/yaml.ts'
import { ruleQuery } from '../rule-query.ts'
import type { Item, ItemQuery, Verdict, VerdictReason } from '../verdict.ts'
import { partOf, scalarOf, scalarsOf } from '../yaml-part.ts'
import { firing } from './promql.ts'
import { deadVariable, variableNotes } from './rule-variables.ts'
import { type RuleStep, referencesOf, stepsOf } from './steps.ts'
import { isUntranslated, type Translation, translation } from './translate.ts'

type Query = Extract<RuleStep, { kind: 'query' }>

/** A Grafana alert or recording rule as if it were written in PromQL, or why it cannot be used. */
export function grafanaItem(outer: YamlNode, file: string): Item | string {
  // from the API of the ruler, where labels and annotations are next to it
  const rule = partOf(outer, 'grafana_alert') ?? outer
  const record = partOf(rule, 'record')
  const metric = scalarOf(partOf(record, 'metric'))
  const name = metric ?? scalarOf(partOf(rule, 'title')) ?? ''
  const data = partOf(rule, 'data')
  if (data === undefined) return `${name || 'a Grafana rule'} has no \`data\`: skipped`
  const steps = stepsOf(data)
  const [key, decider] =
    metric === null
      ? ['condition', scalarOf(partOf(rule, 'condition'))]
      : ['from', scalarOf(partOf(record, 'from')) ?? scalarOf(partOf(rule, 'condition'))]
  const texts = [...scalarsOf(partOf(outer, 'annotations')), ...scalarsOf(partOf(outer, 'labels'))]
  const given: Decision = {
    steps,
    key,
    decider,
    line: partOf(rule, key)?.line ?? rule.line,
    isAlert: metric === null,
    texts: texts.map(([, text]) => text),
  }
  return {
    kind: metric === null ? 'alert' : 'record',
    name,
    file,
    line: rule.line,
    queries: queriesOf(given),
    labels: new Map(scalarsOf(partOf(outer, 'labels'))),
  }
}

/** The steps of a rule, and which of them decides. */
interface Decision {
  readonly steps: readonly RuleStep[]
  readonly key: string
  readonly decider: string | null
  readonly line: number
  readonly isAlert: boolean
  /** Its labels and annotations. */
  readonly texts: readonly string[]
}

function queriesOf(given: Decision): readonly ItemQuery[] {
  const { steps, decider } = given
  const byRef = new Map(steps.map((step): [string, RuleStep] => [step.ref, step]))
  const refused = refusal(given, byRef)
  if (refused !== null)
    return [closed(refused.line, 'proven-dead', refused.part, `Grafana refuses this rule: ${refused.why}`)]
  const looked = lookedAt(decider as string, byRef)
  const own = steps.filter(({ ref }) => looked.has(ref))
  const result = translation(byRef)
  const notes = [
    ...idleNotes(given, looked),
    ...own.flatMap((step) => (step.kind === 'query' ? variableNotes(step.text) : [])),
    ...own.flatMap((step) => (step.kind === 'resample' && isSingle(result(step.of)) ? [notResampled(step)] : [])),
  ]
  const [first, ...others] = judgedQueries(given, own, result(decider as string))
  if (first === undefined) return []
  const isSaid = ({ why }: VerdictReason) => first.closed?.why === why
  return [{ ...first, notes: [...notes.filter((note) => !isSaid(note)), ...first.notes] }, ...others]
}

/** What is judged: the rule as one expression, or else each of its queries on its own. */
function judgedQueries(
  { decider, line, isAlert }: Decision,
  own: readonly RuleStep[],
  whole: Translation,
): readonly ItemQuery[] {
  const queries = own.filter((step): step is Query => step.kind === 'query')
  if (isUntranslated(whole))
    return [
      ...queries.map(
        ({ ref, text, line: at }): ItemQuery => ({
          ...ruleQuery(ref, text, at),
          variables: new Map(),
          decides: false,
        }),
      ),
      ...own.flatMap((one) =>
        one.kind === 'foreign' ? [closed(one.line, 'elsewhere', '', `a query in ${one.what}`)] : [],
      ),
      ...(whole.why === ''
        ? []
        : [
            closed(
              line,
              'cannot-tell',
              `expression ${whole.step}`,
              `this audit does not read ${whole.why}: only its queries are judged`,
            ),
          ]),
    ]
  const { text } = isAlert ? firing(whole) : whole
  const at = queries.length === 1 ? (queries[0] as Query).line : line
  const dead = mayDoWithout.test(text) ? undefined : queries.flatMap((one) => deadVariable(one.text) ?? [])[0]
  if (dead !== undefined) return [closed(at, 'proven-dead', dead.part, dead.why)]
  const notes = whole.range === null ? [] : [notReduced(decider as string)]
  return [{ ...ruleQuery('', text, at), variables: new Map(), notes }]
}

/** A part of such an expression may be empty. */
const mayDoWithout = /\b(?:or|unless|absent|absent_over_time)\b/i

const isSingle = (of: Translation): boolean => !isUntranslated(of) && of.range === null

const closed = (line: number, verdict: Verdict, part: string, why: string): ItemQuery => ({
  ...ruleQuery('', '', line),
  closed: { verdict, part, why },
})

/** Why Grafana does not take a rule; null if it does. */
function refusal(
  { steps, key, decider, line }: Decision,
  byRef: ReadonlyMap<string, RuleStep>,
): { readonly line: number; readonly part: string; readonly why: string } | null {
  const names = listText(
    steps.map(({ ref }) => ref),
    'or',
  )
  if (decider === null || decider === '') return { line, part: '', why: `it has no \`${key}\`: name ${names}` }
  if (!byRef.has(decider))
    return { line, part: '', why: `its \`${key}\` is ${decider}, but no refId is: name ${names}` }
  for (const step of steps) {
    const [part, at] = [`expression ${step.ref}`, step.line]
    if (step.kind === 'refused') return { line: at, part, why: step.why }
    const gone = referencesOf(step).find((ref) => !byRef.has(ref))
    if (gone !== undefined) return { line: at, part, why: `it refers to ${gone}, but no refId is: name ${names}` }
    if (referencesOf(step).some((ref) => lookedAt(ref, byRef).has(step.ref)))
      return { line: at, part, why: 'it refers to itself, directly or through others' }
  }
  return null
}

/** A step and all that it refers to. */
function lookedAt(from: string, byRef: ReadonlyMap<string, RuleStep>): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (ref: string): void => {
    const step = byRef.get(ref)
    if (step === undefined || found.has(ref)) return
    found.add(ref)
    // what is not read may refer to anything
    for (const one of step.kind === 'unread' ? byRef.keys() : referencesOf(step)) visit(one)
  }
  visit(from)
  return found
}

/** Notes on queries and expressions that the deciding one never looks at, unless a message shows them. */
function idleNotes({ steps, key, decider, texts }: Decision, looked: ReadonlySet<string>): readonly VerdictReason[] {
  const shown = new Set(texts.flatMap((text) => [...text.matchAll(/[vV]alues\.(\w+)/g)].map(([, ref]) => ref)))
  if (texts.some((text) => /(?:\$v|\.V)alues\b(?!\.)/.test(text))) return []
  return steps
    .filter(({ ref }) => !looked.has(ref) && !shown.has(ref))
    .map(({ ref, kind, text }) => {
      const what = kind === 'query' || kind === 'foreign' ? 'query' : 'expression'
      const named = `${what} ${ref}${text === '' ? '' : ` (${text})`}`
      return { part: '', why: `${named} decides nothing: the ${key} is ${decider}, which does not look at it` }
    })
}

const notReduced = (ref: string): VerdictReason => ({
  part: '',
  why:
    `${ref} has several values over time, but Grafana decides on one: the rule fails as soon as there are two ` +
    '("only reduced data can be alerted on"); make it an instant query, or reduce it',
})

const notResampled = ({ ref, of }: { readonly ref: string; readonly of: string }): VerdictReason => ({
  part: '',
  why: `expression ${ref} resamples ${of}, which has one value: Grafana resamples only values over time; make it a range query`,
})
