import type { SelectorNode } from '../../definitions/language/node.ts'
import { distance, nearest } from '../text/nearest.ts'
import type { Evidence } from './evidence.ts'
import { exporterOf, firstWord, isOfPrometheus } from './exporters.ts'
import type { Verdict } from './verdict.ts'

/** What stands to a name: the verdict on it alone, and why; null where it was seen, or is what Prometheus itself writes. */
type NameVerdict = { readonly verdict: Verdict; readonly why: string } | null

/** What the auditor was told about metrics of others. */
export interface Choices {
  /** Names, with `*` for any text, that are left out. */
  readonly ignore: readonly string[]
  /** The jobs that the audit is about; empty where it is about all. */
  readonly jobs: readonly string[]
}

/** Says of a name that is asked for whether the evidence has it. */
export function nameVerdicts(evidence: Evidence, { ignore }: Choices): (name: string) => NameVerdict {
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
    if (ignored.some((glob) => glob.test(name))) return { verdict: 'elsewhere', why: 'left out by --ignore' }
    const found = seen.get(name)
    if (found !== undefined && found.series > 0) return null
    if (found !== undefined)
      return {
        verdict: 'cannot-tell',
        why: 'it is declared and has no series yet: a metric with labels has none before its first use',
      }
    if (declared.has(name))
      return observed
        ? { verdict: 'not-seen', why: 'the contract declares it, and nothing else in the evidence shows it' }
        : null
    if (isOfPrometheus(name)) return null
    if (evidence.ofOthers.has(name)) return { verdict: 'elsewhere', why: 'the server has it, of another job' }
    const created = name.endsWith('_created') && names.some((one) => one.startsWith(name.slice(0, -'_created'.length)))
    if (created) return { verdict: 'cannot-tell', why: 'some client libraries write it beside the metric itself' }
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
        return { verdict: 'elsewhere', why: `a metric of ${program}, of which nothing is in the evidence` }
      if (!whole && alike && advice === '')
        return {
          verdict: 'elsewhere',
          why: `nothing in the evidence begins with ${firstWord(name)}: metrics of another program? Give its --metrics too`,
        }
    }
    const what = name.includes(':') ? 'nothing in these files records it' : 'no source has a metric of this name'
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

/** Whether a selector asks for a job that the audit is not about. */
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
/** Whether what no known program exposes begins with one word: then another word is another program's. */
function areAlike(names: readonly string[]): boolean {
  const own = names.filter((name) => exporterOf(name) === null)
  const counts = new Map<string, number>()
  for (const name of own) counts.set(firstWord(name), (counts.get(firstWord(name)) ?? 0) + 1)
  return own.length < 3 || Math.max(...counts.values()) >= own.length * 0.8
}

/** Which names may have been meant: those that differ by what clients and people add, then those that differ by little. */
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
    names.filter((one) => distance(name, one, least + 1) <= least),
  )
}

const stemOf = (name: string) => name.replace(/_(?:total|count|sum|bucket|info|seconds|bytes|ratio)(?=_|$)/g, '')

const globOf = (glob: string) => new RegExp(`^${glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`)
