import type { EventEmitter } from 'node:events'
import { type EventFigures, runHandler } from './figures.ts'
import type { EventQueue } from './queue.ts'

type Args<A> = A extends readonly unknown[] ? A : never

/** The event map of an untyped EventEmitter. */
type Untyped = readonly [never]

/** The metric update for each type of event; types without an entry are ignored. */
export type EmitterUpdates<E> = E extends Untyped
  ? Readonly<Record<string, (...args: never[]) => unknown>>
  : { readonly [K in keyof E]?: (...args: Args<E[K]>) => unknown }
export type EventUpdates<E> = { readonly [K in keyof E]?: (event: E[K]) => unknown }

type Figures = Pick<EventFigures, 'handlerErrors' | 'onError'>

/** Stops the recording; other listeners of the source stay. */
export type End = () => void

/**
 * Updates metrics from the events of a bot: from an event queue, Node's EventEmitter or an EventTarget. An update that throws
 * is counted and does not affect the bot or its other listeners.
 */
export function recordEvents<E extends object>(
  source: EventQueue<E>,
  updates: EventUpdates<NoInfer<E>>,
  figures?: Figures,
): End
export function recordEvents<E extends Record<keyof E, unknown[]> | [never]>(
  source: EventEmitter<E>,
  updates: EmitterUpdates<NoInfer<E>>,
  figures?: Figures,
): End
export function recordEvents<E extends Readonly<Record<string, Event>>>(
  source: EventTarget,
  updates: EventUpdates<E>,
  figures?: Figures,
): End
export function recordEvents(source: object, updates: object, figures: Figures = {}): End {
  const ends = Object.entries(updates as Record<string, (...args: unknown[]) => unknown>).map(([type, update]) => {
    if (typeof update !== 'function')
      throw new TypeError(
        `recordEvents: the update of '${type}' is not a function: write ${type}: (event) => metrics.….inc(…)`,
      )
    return listen(source, type, (...args) => runHandler(figures, type, () => update(...args)))
  })
  return () => {
    for (const end of ends) end()
  }
}

type Listener = (...args: unknown[]) => void

function listen(source: object, type: string, listener: Listener): End {
  if (isQueue(source)) return source.on(type, listener)
  if (isTarget(source)) {
    source.addEventListener(type, listener)
    return () => source.removeEventListener(type, listener)
  }
  if (isEmitter(source)) {
    source.on(type, listener)
    return () => source.off(type, listener)
  }
  throw new TypeError(
    'recordEvents: the source emits no events: expected the return value of createEventQueue(…), an EventEmitter or an EventTarget',
  )
}

type Has<K extends string> = Record<K, (type: string, listener: Listener) => never>

const has = <K extends string>(source: object, ...names: readonly K[]): source is Has<K> =>
  names.every((name) => typeof (source as Record<string, unknown>)[name] === 'function')

const isQueue = (source: object): source is { on: (type: string, listener: Listener) => End } =>
  has(source, 'on', 'publish', 'dispatch')
const isTarget = (source: object): source is Has<'addEventListener' | 'removeEventListener'> =>
  has(source, 'addEventListener', 'removeEventListener')
const isEmitter = (source: object): source is Has<'on' | 'off'> => has(source, 'on', 'off')
