import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type RelayProcess, startRelay } from '../../demo/stage/relay-process.ts'

/** The generated relay of a bot's folder, which differs only in where Telegram is. */
export async function relayOf(folder: string, address: string, telegram: string): Promise<RelayProcess> {
  const file = join(folder, 'relay/relay.json')
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('https://api.telegram.org', telegram))
  return startRelay({ folder: join(folder, 'relay'), data: join(folder, 'relay-data'), address })
}
