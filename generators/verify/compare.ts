import { shortHash } from '../../definitions/language/contract-form.ts'
import type { Contract } from '../contract/schema.ts'
import { beginningViolations } from './beginning.ts'
import { bucketViolations } from './buckets.ts'
import { declarationViolations } from './declaration.ts'
import type { ExposedFamily, Exposition, ExpositionFormat, Sample } from './exposition.ts'
import { labelViolations } from './labels.ts'
import { type ContractMetric, isOfClient, metricName, stemOf } from './names.ts'
import { numberViolations } from './numbers.ts'
import { jsonQuote, listOrNone, type Violation, violation } from './violation.ts'

/** What a process exposes, checked against its contract. */
export interface VerifyReport {
  readonly bot: string
  readonly hash: string
  readonly format: ExpositionFormat
  readonly declared: number
  /** Names of metrics that have a series. */
  readonly seen: readonly string[]
  /** Names of metrics that are declared but have no series yet, such as a labelled counter before its first increment. */
  readonly waiting: readonly string[]
  readonly series: number
  readonly findings: readonly Violation[]
}

/** Compares everything exposed with everything declared; `strict` refuses what is otherwise only noted. */
export function compare(contract: Contract, exposition: Exposition, strict = false): VerifyReport {
  const { format, families } = exposition
  const byName = new Map(families.map((family) => [metricName(family, format), family]))
  const declared = new Map(contract.metrics.map((metric) => [metric.name, metric]))
  const found = new Map<ContractMetric, ExposedFamily>()
  for (const metric of contract.metrics) {
    const family = byName.get(metric.name) ?? families.find(({ name }) => name === metric.name)
    if (family !== undefined) found.set(metric, family)
  }
  const taken = new Set(found.values())
  const others = families.filter((family) => !taken.has(family))
  for (const [metric, family] of underOtherNames(contract, others, found)) found.set(metric, family)
  const known = new Set(found.values())
  const flawOf = new Map([...found].map(([metric, family]) => [family.name, metric.name]))
  return {
    bot: contract.bot,
    hash: contract.hash,
    format,
    declared: contract.metrics.length,
    seen: contract.metrics.filter((metric) => hasSeries(found.get(metric))).map(({ name }) => name),
    waiting: contract.metrics
      .filter((metric) => found.has(metric) && !hasSeries(found.get(metric)))
      .map(({ name }) => name),
    series: families.reduce((sum, { samples }) => sum + samples.length, 0),
    findings: [
      ...exposition.flaws.map((flaw) =>
        violation(strict, {
          code: 'form',
          metric: flawOf.get(flaw.family) ?? flaw.family,
          line: flaw.line,
          given: flaw.given,
          expected: flaw.expected,
          fix: 'let the client library write the exposition from a single registry',
        }),
      ),
      ...contract.metrics.flatMap((metric) => {
        const family = found.get(metric)
        return family === undefined
          ? [missing(metric, strict)]
          : metricViolations(contract, metric, family, format, strict)
      }),
      ...families
        .filter((family) => !known.has(family))
        .map((family) => undeclared(contract.retired, declared, family, format, strict)),
    ],
  }
}

/** Whether nothing is refused. */
export const fits = ({ findings }: Pick<VerifyReport, 'findings'>): boolean => findings.every(({ refused }) => !refused)

const hasSeries = (family: ExposedFamily | undefined): boolean => family !== undefined && family.samples.length > 0

/** Missing metrics, each with an undeclared family whose name differs by a suffix that clients add or omit. */
function underOtherNames(
  contract: Contract,
  others: readonly ExposedFamily[],
  found: ReadonlyMap<ContractMetric, ExposedFamily>,
): readonly (readonly [ContractMetric, ExposedFamily])[] {
  const lost = contract.metrics.filter((metric) => !found.has(metric))
  const candidates = others.filter(({ name }) => !name.endsWith('_created'))
  const stems = new Map<string | null, ReadonlyMap<string, readonly ExposedFamily[]>>()
  const alike = ({ name, exposedUnit: unit }: ContractMetric): readonly ExposedFamily[] => {
    const known = stems.get(unit) ?? grouped(candidates, (family) => stemOf(family.name, unit))
    stems.set(unit, known)
    return known.get(stemOf(name, unit)) ?? []
  }
  const owners = new Map<ExposedFamily, ContractMetric[]>()
  for (const metric of lost) {
    const [family, ...more] = alike(metric)
    if (family !== undefined && more.length === 0) owners.set(family, [...(owners.get(family) ?? []), metric])
  }
  return [...owners].flatMap(([family, metrics]) =>
    metrics.length === 1 ? [[metrics[0] as ContractMetric, family] as const] : [],
  )
}

function grouped(
  families: readonly ExposedFamily[],
  keyOf: (family: ExposedFamily) => string,
): ReadonlyMap<string, readonly ExposedFamily[]> {
  const groups = new Map<string, ExposedFamily[]>()
  for (const family of families) {
    const group = groups.get(keyOf(family)) ?? []
    groups.set(keyOf(family), group)
    group.push(family)
  }
  return groups
}

const missing = (metric: ContractMetric, strict: boolean): Violation =>
  violation(strict, {
    code: 'missing',
    metric: metric.name,
    line: null,
    given: 'nothing',
    expected: `${metric.kind === 'stateSet' ? 'a state set' : metric.kind === 'info' ? 'an info' : `a ${metric.kind}`}: ${jsonQuote(metric.help)}`,
    fix: 'declare it at startup; if the client exposes nothing before the first sample, use --watch to wait for it',
  })

function metricViolations(
  contract: Contract,
  metric: ContractMetric,
  family: ExposedFamily,
  format: ExpositionFormat,
  strict: boolean,
): readonly Violation[] {
  const declaration = declarationViolations(metric, family, format, strict)
  const isOther = declaration.some(({ code }) => code === 'type' || code === 'name')
  // With another name or type its samples have other names; their labels and values are checked all the same.
  const own = isOther ? family.samples : family.samples.filter(({ name }) => metric.series.includes(name))
  const foreign = isOther ? [] : family.samples.filter(({ name }) => !metric.series.includes(name))
  const wrongType = declaration.some(({ code }) => code === 'type')
  return [
    ...declaration,
    ...foreignViolations(metric, foreign, strict),
    ...labelViolations(metric, own, contract.targetLabels, strict),
    ...hashViolations(contract, metric, own, strict),
    ...(wrongType ? [] : numberViolations(metric, own, strict)),
    ...(wrongType || metric.kind !== 'histogram' ? [] : bucketViolations(metric, own, strict)),
    ...(wrongType ? [] : beginningViolations(metric, own, family.line, strict)),
    ...seriesViolations(metric, family.samples, strict),
  ]
}

/** The contract that the process reports. */
function hashViolations(
  { hash }: Contract,
  { name, kind, ofContract }: ContractMetric,
  samples: readonly Sample[],
  strict: boolean,
): readonly Violation[] {
  if (!ofContract || kind !== 'info') return []
  const wrong = samples.find(({ labels }) => labels.get('hash') !== shortHash(hash))
  if (wrong === undefined) return []
  return [
    violation(strict, {
      code: 'hash',
      metric: name,
      line: wrong.line,
      given: `runs contract ${jsonQuote(wrong.labels.get('hash') ?? '')}`,
      expected: shortHash(hash),
      fix: 'build and start the bot from these definitions, or compare it with its own contract.json',
    }),
  ]
}

/** Samples in its family that the contract does not have. */
function foreignViolations(metric: ContractMetric, samples: readonly Sample[], strict: boolean): readonly Violation[] {
  const names = new Map(samples.map((sample) => [sample.name, sample]))
  return [...names].map(([name, { line }]) => {
    // The official Python client exposes _count even for a histogram with negative bounds.
    const isOwn = name.endsWith('_created') || name === `${metric.name}_count`
    return violation(strict, {
      code: isOwn ? 'from-client' : 'undeclared',
      metric: metric.name,
      line,
      given: name,
      expected: listOrNone(metric.series),
      fix: isOwn ? 'nothing: the client library adds it on its own' : 'remove it: no rule or dashboard uses it',
    })
  })
}

function seriesViolations(metric: ContractMetric, samples: readonly Sample[], strict: boolean): readonly Violation[] {
  const keys = new Set<string>()
  let twice: Sample | null = null
  for (const sample of samples) {
    const key = JSON.stringify([sample.name, ...[...sample.labels].sort()])
    if (keys.has(key)) twice ??= sample
    keys.add(key)
  }
  const timed = samples.find(({ timestamp }) => timestamp !== null)
  const say = (code: Violation['code'], { line, name }: Sample, given: string, expected: string, fix: string) =>
    violation(strict, { code, metric: metric.name, line, given: `${name} ${given}`, expected, fix })
  return [
    ...(twice === null
      ? []
      : [say('duplicate', twice, 'occurs twice with the same labels', 'once', 'add them up before exposing them')]),
    ...(timed === undefined
      ? []
      : [
          say(
            'time',
            timed,
            'has an explicit timestamp',
            'none',
            'omit the timestamp: with it Prometheus does not notice when a series ends',
          ),
        ]),
  ]
}

function undeclared(
  retired: Contract['retired'],
  declared: ReadonlyMap<string, ContractMetric>,
  family: ExposedFamily,
  format: ExpositionFormat,
  strict: boolean,
): Violation {
  const name = metricName(family, format)
  const base = name.replace(/_created$/, '')
  const isCreated = base !== name && (declared.has(base) || declared.has(`${base}_total`))
  const isOwn = isCreated || isOfClient(name)
  const old = [name, family.name].find((one) => Object.hasOwn(retired, one))
  return violation(strict, {
    code: isOwn ? 'from-client' : 'undeclared',
    metric: name,
    line: family.line,
    given: `${family.type ?? 'no type'}, ${family.samples.length} series${family.help === null ? '' : `: ${jsonQuote(family.help)}`}`,
    expected: old === undefined ? 'only what the contract declares' : `nothing: the name is retired: ${retired[old]}`,
    fix: isOwn
      ? 'nothing: the client library adds it on its own'
      : old === undefined
        ? 'declare it, or remove it'
        : 'remove it and use its replacement',
  })
}
