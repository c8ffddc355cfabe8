import { now } from './clock.ts'

/** A message as it is kept until its channel has taken it. */
export interface Message {
  /** Orders the messages of a channel, and names its file. */
  readonly id: string
  readonly channel: string
  /** The labels of the alert's group: messages with the same key are about the same thing. */
  readonly key: string
  readonly status: 'firing' | 'resolved'
  /** For channels with a title of their own; may be empty. */
  readonly title: string
  readonly text: string
  /** Whether it must not make a sound. */
  readonly silent: boolean
  /** Wall-clock milliseconds of its arrival, which survive a restart. */
  readonly arrivedAt: number
}

/** When each message became known to this run, on the monotonic clock, and how old it was then. */
const known = new WeakMap<Message, { readonly at: number; readonly age: number }>()

/** The message, whose age counts from now; one that a previous run left is as old as the wall clock says. */
export function knownAt(message: Message, age = 0): Message {
  known.set(message, { at: now(), age: Math.max(0, age) })
  return message
}

/** Seconds since a message arrived, whatever steps the wall clock makes meanwhile. */
export function messageAge(message: Message): number {
  const { at, age } = known.get(message) ?? { at: now(), age: 0 }
  return age + now() - at
}

/** A message that a previous run kept; null if it is not one. */
export function readMessage(text: string): Message | null {
  const read = objectOf(text) as Partial<Message>
  const { id, channel, key, title, arrivedAt } = read
  const isWhole =
    [id, channel, key, title, read.text].every((part) => typeof part === 'string') &&
    (read.status === 'firing' || read.status === 'resolved') &&
    typeof arrivedAt === 'number'
  return isWhole ? knownAt(read as Message, (Date.now() - arrivedAt) / 1000) : null
}

/** What Alertmanager posts: strings that start with @, since it would read the rest as YAML. */
export function readPayload(body: string): Omit<Message, 'id' | 'channel' | 'arrivedAt'> | null {
  const given = objectOf(body)
  const text = (name: string): string | null => {
    const value = given[name]
    return typeof value === 'string' && value.startsWith('@') ? value.slice(1) : null
  }
  const [key, status, title, message, silent] = [
    text('key'),
    text('status'),
    text('title'),
    text('text'),
    text('silent'),
  ]
  if (key === null || title === null || message === null || message === '') return null
  if (status !== 'firing' && status !== 'resolved') return null
  return { key: key.trim(), status, title, text: message, silent: silent === 'yes' }
}

/** The object in a JSON text; empty if there is none. */
export function objectOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** The labels that a key names, one on each line. */
export const labelsOfKey = (key: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    key.split('\n').map((pair) => {
      const at = pair.indexOf('=')
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
