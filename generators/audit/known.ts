import type { SelectorNode } from '../../definitions/language/node.ts'
import { editDistance, nearest } from '../text/nearest.ts'
import type { Evidence } from './evidence.ts'
import { exporterOf, firstWord, isOfPrometheus } from './exporters.ts'
import type { Verdict } from './verdict.ts'

/** The verdict on a name alone, and why; null if it was seen or is written by Prometheus itself. */
type NameVerdict = { readonly verdict: Verdict; readonly why: string } | null

/** What the user said about other programs' metrics. */
export interface AuditScope {
  /** Excluded names, with `*` for any text. */
  readonly ignore: readonly string[]
  /** The audited jobs; empty for all. */
  readonly jobs: readonly string[]
}

/** Judges whether the evidence has a name that an expression uses. */
export function nameVerdicts(evidence: Evidence, { ignore }: AuditScope): (name: string) => NameVerdict {
  const { contracts, seen } = evidence
  const ignored = ignore.map(globOf)
  const declared = new Set(contracts.flatMap(({ metrics }) => metrics.flatMap(({ series }) => series)))
  const shown = new Map(
    [...seen.values()].flatMap(({ name }): [string, string][] => (/_created$/.test(name) ? [] : [[name, name]])),
  )
  const names = [...new Set([...declared, ...shown.keys()])]
  const words = new Set(names.map(firstWord))
  const alike = areAlike(names)
  const observed = evidence.sources.some(({ kind }) => kind !== 'contract')
  const whole = evidence.sources.some(({ kind }) => kind === 'prometheus')

  const fresh = (name: string): NameVerdict => {
    if (ignored.some((glob) => glob.test(name))) return { verdict: 'elsewhere', why: 'excluded by --ignore' }
    const found = seen.get(name)
    if (found !== undefined && found.series > 0) return null
    if (found !== undefined)
      return {
        verdict: 'cannot-tell',
        why: 'it is declared but has no series yet: a labelled metric has none before its first use',
      }
    if (declared.has(name))
      return observed
        ? { verdict: 'not-seen', why: 'the contract declares it, but nothing else in the evidence has it' }
        : null
    if (isOfPrometheus(name)) return null
    if (evidence.ofOthers.has(name)) return { verdict: 'elsewhere', why: 'the server has it, but from another job' }
    const created = name.endsWith('_created') && names.some((one) => one.startsWith(name.slice(0, -'_created'.length)))
    if (created)
      return { verdict: 'cannot-tell', why: 'some client libraries expose it in addition to the metric itself' }
    const contract = contracts.find(({ bot }) => name.startsWith(`${bot}_`))
    const advice = adviceOn(name, names)
    if (contract !== undefined) {
      const retired = Object.hasOwn(contract.retired, name) ? contract.retired[name] : undefined
      const said = retired === undefined ? advice : `it is retired: ${retired}`
      return { verdict: 'proven-dead', why: `the contract of ${contract.bot} has no such metric${after(said)}` }
    }
    if (!words.has(firstWord(name)) && !name.includes(':')) {
      const program = exporterOf(name)
      if (program !== null && !whole)
        return { verdict: 'elsewhere', why: `a metric of ${program}, which the evidence does not cover` }
      if (!whole && alike && advice === '')
        return {
          verdict: 'elsewhere',
          why: `no name in the evidence begins with ${firstWord(name)}: another program’s metrics? Then pass its --metrics too`,
        }
    }
    const what = name.includes(':') ? 'no rule in these files records it' : 'no source has a metric with this name'
    return { verdict: 'not-seen', why: `${what}${after(advice)}` }
  }
  const known = new Map<string, NameVerdict>()
  return (name) => {
    const before = known.get(name)
    if (before !== undefined) return before
    const made = fresh(name)
    known.set(name, made)
    return made
  }
}

/** Whether a selector selects a job that is not audited. */
export function isOfOtherJob(node: SelectorNode, jobs: readonly string[]): boolean {
  if (jobs.length === 0) return false
  return node.matchers.some(({ label, op, value }) => {
    if (label !== 'job') return false
    if (op === '=') return !jobs.includes(value)
    if (op !== '=~') return false
    return !jobs.some((job) => matches(value, job))
  })
}

function matches(regex: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${regex})$`, 's').test(text)
  } catch {
    return true
  }
}

const after = (advice: string) => (advice === '' ? '' : `: ${advice}`)
/** Whether all names that belong to no known program begin with one word: then another word is another program's. */
function areAlike(names: readonly string[]): boolean {
  const own = names.filter((name) => exporterOf(name) === null)
  const counts = new Map<string, number>()
  for (const name of own) counts.set(firstWord(name), (counts.get(firstWord(name)) ?? 0) + 1)
  return own.length < 3 || Math.max(...counts.values()) >= own.length * 0.8
}

/** Which names may have been meant: first those that differ by a common suffix or unit, then those that differ slightly. */
function adviceOn(name: string, names: readonly string[]): string {
  const stem = stemOf(name)
  for (const alike of [
    names.filter((one) => stemOf(one) === stem),
    names.filter((one) => one.startsWith(`${name}_`) || name.startsWith(`${one}_`)),
  ])
    if (alike.length > 0 && alike.length < 4) return `did you mean ${alike.join(', ')}?`
  const least = Math.max(2, Math.floor(name.length / 6))
  return nearest(
    name,
    names.filter((one) => editDistance(name, one, least + 1) <= least),
  )
}

const stemOf = (name: string) => name.replace(/_(?:total|count|sum|bucket|info|seconds|bytes|ratio)(?=_|$)/g, '')

const globOf = (glob: string) => new RegExp(`^${glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`)
