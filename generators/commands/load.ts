import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import type { Bot } from '../../definitions/language/bot.ts'
import { botNameForm } from '../command-line/kinds.ts'
import { reasonOf } from './reason.ts'

const name = z.string().regex(botNameForm, 'the name of a bot may have only lower-case letters, digits and _')

/** Only the outline: the language made what is inside a bot, and records its own defects. */
const exported = z.object(
  {
    bots: z
      .array(
        z.looseObject(
          { kind: z.literal('bot', { error: 'it is not a value returned by bot()' }), name },
          { error: 'it is not a value returned by bot()' },
        ),
        { error: 'it is not a list' },
      )
      .min(1, 'the list is empty'),
  },
  { error: 'nothing with that name is exported' },
)

/** The bots of a definitions module, or why they cannot be loaded, in sentences. */
export async function load(file: string): Promise<readonly Bot[] | { readonly wrong: string }> {
  const path = resolve(file)
  if (!existsSync(path))
    return { wrong: `${file}: no such file; use --definitions to name the module that exports \`bots\`` }
  if (statSync(path).isDirectory())
    return { wrong: `${file}: this is a folder; name the file in it that exports \`bots\`, e.g. ${file}/index.ts` }
  let module: object
  try {
    module = (await import_(path)) as object
  } catch (error) {
    return { wrong: `${file}: the definitions cannot be loaded.\n${reasonOf(error)}` }
  }
  // In a package without `"type": "module"` the exports are under `default`.
  const given = 'bots' in module ? module : 'default' in module ? module.default : module
  const read = exported.safeParse(typeof given === 'object' ? { ...given } : given)
  if (read.success) return (given as { readonly bots: readonly Bot[] }).bots
  const why = read.error.issues.map((issue) => `${at(issue.path)}: ${issue.message}`)
  return {
    wrong: `${file}: it must export \`bots\`, a list of values returned by bot().\n${why.map((line) => `  ${line}`).join('\n')}`,
  }
}

const at = (path: readonly PropertyKey[]) =>
  path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i === 0 ? '' : '.'}${String(step)}`)).join('') ||
  'bots'

/** TypeScript is loaded through tsx, unless this process already runs under it. */
async function import_(path: string): Promise<unknown> {
  const isScript = /\.[cm]?js$/.test(path)
  if (!isScript && !import.meta.url.endsWith('.ts')) {
    const [esm, cjs] = await Promise.all([import('tsx/esm/api'), import('tsx/cjs/api')])
    cjs.register()
    esm.register()
  }
  return import(pathToFileURL(path).href)
}
