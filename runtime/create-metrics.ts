import { type ContractKey, isContractKey, overAll } from '../definitions/language/contract-metrics.ts'
import type { Metric } from '../definitions/language/metric.ts'
import { createCells } from './cells.ts'
import { createRegistry } from './client.ts'
import { hashOf, watchContract } from './contract.ts'
import { type Definition, definitionsOf } from './definitions.ts'
import { display } from './display.ts'
import { createExpect } from './expect.ts'
import { createExpositions } from './expositions.ts'
import { expositionsOf, unsetOf } from './expositions-of.ts'
import { createFamily } from './family.ts'
import { type Format, formats } from './format.ts'
import type { Free, Metrics } from './handles.ts'
import { internalsOf } from './internals.ts'
import { kindOf } from './kinds.ts'
import { type Mode, modeOf } from './mode.ts'
import { createRefusals, type Refusals } from './refusals.ts'
import type { Family } from './shapes.ts'
import { createWarmUp, warmUpOf } from './warm-up.ts'

export interface MetricsOptions {
  /** Default: strict under a test runner (NODE_TEST_CONTEXT, VITEST or JEST_WORKER_ID is set), lenient otherwise. */
  readonly mode?: Mode
  /** Receives one line for each metric and reason of refusal; default console.warn. */
  readonly log?: (message: string) => void
  /** A monotonic clock in milliseconds, for ages; default performance.now. */
  readonly now?: () => number
}

/**
 * Creates handles for exactly the metrics of a catalogue. Undeclared labels and values are refused: counted, logged once for
 * each metric and reason, and thrown in strict mode only.
 */
export function createMetrics<const C extends object>(
  catalogue: C & Free<C>,
  options: MetricsOptions = {},
): Metrics<C> {
  const { mode = modeOf(process.env), log = console.warn, now = () => performance.now() } = options
  if (typeof catalogue !== 'object' || catalogue === null)
    throw new TypeError(
      `createMetrics: the catalogue is ${display(catalogue)}, expected the return value of catalogue(prefix, { … })`,
    )
  const definitions = definitionsOf(catalogue)
  const broken = definitions.filter(({ defects }) => defects.length > 0)
  if (mode === 'strict' && broken.length > 0)
    throw new Error(`createMetrics: ${broken.flatMap(({ defects }) => defects).join('\n')}`)

  const refusals = createRefusals(mode, log)
  const cells = createCells()
  const families: Family[] = []
  const about = new Map<ContractKey, Family>()
  const handles: Record<string, object> = {}
  const byHandle = new Map<object, Family>()
  const declared = definitions.filter(({ metric, defects }) => defects.length === 0 && !metric.ofContract)
  const all = definitions.map(({ metric }) => metric).filter(isNamed)
  for (const definition of definitions) {
    const { key, defects } = definition
    if (defects.length > 0) {
      handles[key] = inert(definition, refusals)
      continue
    }
    const metric = overAll(definition.metric, all)
    const kind = kindOf(metric, now)
    // The only label of a state set is the state itself, which its handle does not take: it is kept as one series.
    const labels = metric.kind === 'stateSet' ? {} : metric.labels
    const family = createFamily({ ...metric, labels }, kind, cells, refusals, now)
    if (metric.ofContract && isContractKey(key)) {
      about.set(key, family)
      continue
    }
    families.push(family)
    const handle = Object.freeze(kind.handle(family))
    handles[key] = handle
    byHandle.set(handle, family)
  }
  for (const leader of families)
    for (const follower of families) if (follower.metric.endsWith === leader.metric.name) leader.followers.add(follower)
  const hash = hashOf(declared.map(({ metric }) => metric))
  const warmUp = createWarmUp(refusals, now)
  const unset = watchContract(about, { families, hash, refusals, now, warmUp })
  // Last, so that they include the refusals of this very scrape.
  const exposed = [...families, ...about.values()]
  const expositions = createExpositions(exposed, cells, now)
  const whole = {
    expect: createExpect(byHandle, refusals),
    async render(format: Format = 'text'): Promise<string> {
      if (!formats.includes(format))
        throw new TypeError(`render: the format is ${display(format)}, expected 'text' or 'openmetrics'`)
      const texts: string[] = []
      await expositions(format, (piece) => {
        texts.push(piece.toString())
        return undefined
      })
      return texts.join('')
    },
    refused: refusals.all,
    warmUp: warmUp.begin,
    registry: createRegistry(exposed),
  }
  const metrics = { ...handles, ...whole }
  Object.defineProperty(metrics, expositionsOf, { value: expositions })
  Object.defineProperty(metrics, internalsOf, { value: { families, refusals, log, warmUp } })
  Object.defineProperty(metrics, unsetOf, { value: unset })
  Object.defineProperty(metrics, warmUpOf, { value: warmUp })
  return Object.freeze(metrics) as never
}

/** Whether an entry of a catalogue can be counted under its own name, whatever else is wrong with it. */
const isNamed = (metric: Metric): boolean =>
  typeof metric === 'object' &&
  metric !== null &&
  !metric.ofContract &&
  typeof metric.name === 'string' &&
  metric.name !== '' &&
  typeof metric.labels === 'object' &&
  metric.labels !== null

/** A handle that only counts calls: in lenient mode it replaces a definition that cannot be used. */
function inert({ key, metric, defects }: Definition, refusals: Refusals): object {
  const name = metric?.name || key
  const refuse = () => refusals.refuse(name, 'definition', () => `${name} records nothing: ${defects.join('; ')}`)
  refuse()
  const handle = {
    inc: refuse,
    dec: refuse,
    set: refuse,
    observe: refuse,
    touch: refuse,
    remove: refuse,
    collect: refuse,
    bind: () => handle,
  }
  return Object.freeze(handle)
}
