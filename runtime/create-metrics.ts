import { type ContractKey, isContractKey, overAll } from '../definitions/language/contract-metrics.ts'
import type { Metric } from '../definitions/language/metric.ts'
import { createCells } from './cells.ts'
import { createRegistry } from './client.ts'
import { hashOf, watchContract } from './contract.ts'
import { type Definition, definitionsOf } from './definitions.ts'
import { createExpect } from './expect.ts'
import { createFamily } from './family.ts'
import { type Format, formats } from './format.ts'
import type { Free, Metrics } from './handles.ts'
import { insideOf } from './inside.ts'
import { kindOf } from './kinds.ts'
import { type Mode, modeOf } from './mode.ts'
import { createPages } from './pages.ts'
import { pagesOf, unsetOf } from './pages-of.ts'
import { createRefusals, type Refusals } from './refusals.ts'
import type { Family } from './shapes.ts'
import { shown } from './shown.ts'

export interface MetricsOptions {
  /** Lenient, unless a test runner runs: NODE_TEST_CONTEXT, VITEST or JEST_WORKER_ID is set. */
  readonly mode?: Mode
  /** Gets one line for each kind of refusal; console.warn unless given. */
  readonly log?: (message: string) => void
  /** Milliseconds of a clock that never goes back, for ages. */
  readonly now?: () => number
}

/**
 * Handles for exactly the metrics of a catalogue. What is not declared is refused: counted, logged once a kind, and
 * thrown in strict mode only.
 */
export function createMetrics<const C extends object>(
  catalogue: C & Free<C>,
  options: MetricsOptions = {},
): Metrics<C> {
  const { mode = modeOf(process.env), log = console.warn, now = () => performance.now() } = options
  if (typeof catalogue !== 'object' || catalogue === null)
    throw new TypeError(
      `createMetrics: the catalogue is ${shown(catalogue)}, expected what catalogue(prefix, { … }) returns`,
    )
  const definitions = definitionsOf(catalogue)
  const broken = definitions.filter(({ faults }) => faults.length > 0)
  if (mode === 'strict' && broken.length > 0)
    throw new Error(`createMetrics: ${broken.flatMap(({ faults }) => faults).join('\n')}`)

  const refusals = createRefusals(mode, log)
  const cells = createCells()
  const families: Family[] = []
  const about = new Map<ContractKey, Family>()
  const handles: Record<string, object> = {}
  const declared = definitions.filter(({ metric, faults }) => faults.length === 0 && !metric.ofContract)
  const all = definitions.map(({ metric }) => metric).filter(isNamed)
  for (const definition of definitions) {
    const { key, faults } = definition
    if (faults.length > 0) {
      handles[key] = inert(definition, refusals)
      continue
    }
    const metric = overAll(definition.metric, all)
    const kind = kindOf(metric, now)
    // A state set's only label is the state itself, which is no label of its handle: it is one series.
    const labels = metric.kind === 'stateSet' ? {} : metric.labels
    const family = createFamily({ ...metric, labels }, kind, cells, refusals, now)
    if (metric.ofContract && isContractKey(key)) {
      about.set(key, family)
      continue
    }
    families.push(family)
    handles[key] = Object.freeze(kind.handle(family))
  }
  for (const leader of families)
    for (const follower of families) if (follower.metric.endsWith === leader.metric.name) leader.followers.add(follower)
  const hash = hashOf(declared.map(({ metric }) => metric))
  const unset = watchContract(about, { families, hash, refusals, now })
  // Last, so that they know what became of all others in the same scrape.
  const exposed = [...families, ...about.values()]
  const pages = createPages(exposed, cells, now)
  const whole = {
    expect: createExpect(families, refusals),
    async render(format: Format = 'text'): Promise<string> {
      if (!formats.includes(format))
        throw new TypeError(`render: the format is ${shown(format)}, expected 'text' or 'openmetrics'`)
      const texts: string[] = []
      await pages(format, (piece) => {
        texts.push(piece.toString())
        return undefined
      })
      return texts.join('')
    },
    refused: refusals.all,
    registry: createRegistry(exposed),
  }
  const metrics = { ...handles, ...whole }
  Object.defineProperty(metrics, pagesOf, { value: pages })
  Object.defineProperty(metrics, insideOf, { value: { families, refusals } })
  Object.defineProperty(metrics, unsetOf, { value: unset })
  return Object.freeze(metrics) as never
}

/** Whether something in a catalogue can be counted under its own name, whatever else is wrong with it. */
const isNamed = (metric: Metric): boolean =>
  typeof metric === 'object' &&
  metric !== null &&
  !metric.ofContract &&
  typeof metric.name === 'string' &&
  metric.name !== '' &&
  typeof metric.labels === 'object' &&
  metric.labels !== null

/** A handle that does nothing but count: what a lenient bot gets for a definition that cannot be used. */
function inert({ key, metric, faults }: Definition, refusals: Refusals): object {
  const name = metric?.name || key
  const refuse = () => refusals.refuse(name, 'definition', () => `${name} records nothing: ${faults.join('; ')}`)
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
