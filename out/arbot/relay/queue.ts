import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Message, readMessage } from './message.ts'

/** The most messages that wait for a channel: an outage of a day must not fill the disk or flood the phone afterwards. */
const most = 200

/** The messages that a channel has not taken yet, in order, on disk as far as the disk allows. */
export interface Queue {
  /** Keeps a message, which is the first or waits at once; replaces an undelivered one about the same thing. Resolves once it is on disk, or in memory if it cannot be written. */
  add(message: Message): Promise<void>
  first(): Message | undefined
  all(): readonly Message[]
  readonly size: number
  /** Drops a message at once; resolves, and never rejects, once its file is gone. */
  remove(message: Message): Promise<void>
  /** Messages dropped because a newer one replaced them, or because too many waited. */
  readonly dropped: { replaced: number; overflow: number }
  readonly writeFailures: number
}

/** Opens the queue of a channel, with the messages that a previous run left. */
export function openQueue(folder: string): Queue {
  const waiting: Message[] = left(folder)
  /** Messages that are being kept: an equal one is a retry by whoever lost patience with the disk. */
  const keeping = new Map<string, Promise<void>>()
  const dropped = { replaced: 0, overflow: 0 }
  let failures = 0

  const remove = async (message: Message): Promise<void> => {
    const at = waiting.indexOf(message)
    if (at !== -1) waiting.splice(at, 1)
    await rm(join(folder, message.id), { force: true }).catch(() => {
      failures++
    })
  }
  const keep = async (message: Message): Promise<void> => {
    // the first may be on its way
    const stale = waiting.slice(1).filter((one) => isAbout(one, message))
    waiting.push(message)
    await write(folder, message).catch(() => {
      failures++
    })
    // delivered before it was on disk
    if (!waiting.includes(message)) await remove(message)
    for (const one of stale) await remove(one)
    dropped.replaced += stale.length
    while (waiting.length > most) {
      dropped.overflow++
      await remove(waiting[1] as Message)
    }
  }
  return {
    add: (message) => {
      const content = contentOf(message)
      const same = keeping.get(content)
      if (same !== undefined) return same
      // one that still waits was sent again because its answer was lost
      if (waiting.some((one) => contentOf(one) === content)) return Promise.resolve()
      const kept = keep(message).finally(() => keeping.delete(content))
      keeping.set(content, kept)
      return kept
    },
    first: () => waiting[0],
    all: () => [...waiting],
    get size() {
      return waiting.length
    },
    remove,
    dropped,
    get writeFailures() {
      return failures
    },
  }
}

/** Whether a message is replaced by a newer one: held ones of several channels share a queue. */
const isAbout = (one: Message, newer: Message): boolean =>
  one.channel === newer.channel && one.key === newer.key && one.status === newer.status

const contentOf = ({ channel, key, status, title, text }: Message): string =>
  [channel, key, status, title, text].join('\0')

async function write(folder: string, message: Message): Promise<void> {
  await mkdir(folder, { recursive: true })
  const beside = join(folder, `.${message.id}`)
  try {
    const file = await open(beside, 'w', 0o600)
    try {
      await file.writeFile(JSON.stringify(message))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, join(folder, message.id))
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {})
    throw error
  }
}

/** What a previous run left; whatever cannot be read is removed if possible, and stops nothing. */
function left(folder: string): Message[] {
  let names: string[]
  try {
    mkdirSync(folder, { recursive: true })
    names = readdirSync(folder).sort()
  } catch {
    return []
  }
  return names.flatMap((name) => {
    const path = join(folder, name)
    try {
      const message = readMessage(readFileSync(path, 'utf8'))
      if (message?.id === name) return [message]
      // a file that a full disk cut off, or that was being written
      rmSync(path, { force: true })
    } catch {
      // a folder, or a file of another user
    }
    return []
  })
}
