import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { logsPortName } from '../../stack/settings.ts'
import { readEnvFile } from '../env-file.ts'
import type { BotFolder } from './dashboards.ts'
import { rememberFile } from './file-memory.ts'

/** Where the log lines of a bot are stored; null if nowhere. */
export type StoreOf = (folder: BotFolder) => Promise<URL | null>

/** Finds the store in the stack of each bot: its Compose file says whether it has one, and its `.env` on which port. */
export function createStoreOf(): StoreOf {
  const usual = rememberFile(usualPort)
  const own = rememberFile(ownPort)
  return async ({ path }) => {
    const port = await usual(join(path, 'docker-compose.yaml'))
    return port === null ? null : new URL(`http://127.0.0.1:${(await own(join(path, '.env'))) || port}`)
  }
}

/** The port that a Compose file publishes unless `.env` has another; null for a stack without a store. */
async function usualPort(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return new RegExp(`\\$\\{${logsPortName}:-(\\d+)\\}`).exec(text)?.[1] ?? null
}

async function ownPort(file: string): Promise<string> {
  const read = await readEnvFile(file, {})
  if (read === null || 'wrong' in read) return ''
  const port = read.entries.findLast(({ name }) => name === logsPortName)?.value ?? ''
  return /^\d{1,5}$/.test(port) ? port : ''
}
