import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runChecks } from '../../../generators/checks/run.ts'
import { load } from '../../../generators/commands/load.ts'
import { containerTopology } from '../../../generators/model/topology.ts'
import { generatedFiles } from '../../../generators/outputs/outputs.ts'
import { resolve } from '../../../generators/resolve/resolve.ts'

/** What `check` reports for one copy of a bot: its codes, or why it could not be loaded. */
export interface CheckOutcome {
  readonly codes: readonly string[]
  readonly threw: string | null
  /** The folder of its rules; null if none could be generated. */
  readonly rules: string | null
}

// A separate process for every few copies: loaded modules are never released.
const [folder = '', ...names] = process.argv.slice(2)
for (const name of names) process.stdout.write(`${JSON.stringify({ name, ...(await look(join(folder, name))) })}\n`)

async function look(copy: string): Promise<CheckOutcome> {
  try {
    const loaded = await load(join(copy, 'bots.ts'))
    if ('wrong' in loaded) return { codes: [], threw: loaded.wrong, rules: null }
    const [bot] = loaded
    if (bot === undefined) throw new Error(`this is a bug in botwatch: ${copy} has no bot`)
    const resolution = resolve(bot, containerTopology)
    return {
      codes: runChecks(resolution, '2026-01-01').map(({ code }) => code),
      threw: null,
      rules: await rulesOf(copy, resolution),
    }
  } catch (error) {
    return {
      codes: [],
      threw: String(error instanceof Error ? error.message : error).split('\n')[0] ?? '',
      rules: null,
    }
  }
}

/** The rules as they would be written if nobody had checked. */
async function rulesOf(copy: string, { model }: ReturnType<typeof resolve>): Promise<string | null> {
  try {
    const files = await generatedFiles(model)
    const to = join(copy, 'rules')
    mkdirSync(to)
    for (const name of ['alerts.yml', 'recording.yml'])
      writeFileSync(join(to, name), files.get(`prometheus/${name}`) ?? 'groups: []\n')
    return to
  } catch {
    return null
  }
}
