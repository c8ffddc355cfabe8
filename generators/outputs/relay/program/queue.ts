import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Message, objectOf } from './message.ts'

/** The most messages that wait for a channel: an outage of a day must not fill the disk or flood the phone afterwards. */
const most = 200

/** The messages that a channel has not taken yet, in order, on disk as far as the disk allows. */
export interface Queue {
  /** Keeps a message; replaces an undelivered one about the same thing. Resolves once it is on disk, or in memory if it cannot be written. */
  add(message: Message): Promise<void>
  first(): Message | undefined
  readonly size: number
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
  const file = await open(beside, 'w', 0o600)
  try {
    await file.writeFile(JSON.stringify(message))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(beside, join(folder, message.id))
}

function left(folder: string): Message[] {
  let names: string[]
  try {
    mkdirSync(folder, { recursive: true })
    names = readdirSync(folder).filter((name) => !name.startsWith('.'))
  } catch {
    return []
  }
  return names.sort().flatMap((name) => {
    const read = objectOf(readFileSync(join(folder, name), 'utf8')) as Partial<Message>
    if (read.id === name && typeof read.text === 'string') return [read as Message]
    // a file that a full disk cut off must not stop the others
    rmSync(join(folder, name), { force: true })
    return []
  })
}
