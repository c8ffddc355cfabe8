import { readFile, stat } from 'node:fs/promises'
import type { ParameterValues } from '../../command-line/parameter.ts'
import { type Contract, contractSchema } from '../../contract/schema.ts'
import { containerTopology } from '../../model/topology.ts'
import { contractOf } from '../../outputs/contract/contract.ts'
import { resolve } from '../../resolve/resolve.ts'
import { listText } from '../../text/list-text.ts'
import { type botOptions, chosenBots } from '../chosen-bots.ts'

type Wrong = { readonly wrong: string }

/** The contract in a file, or a sentence that says why it is not one. */
export async function contractIn(file: string): Promise<Contract | Wrong> {
  let text: string
  try {
    if ((await stat(file)).size > 16 * 2 ** 20) return { wrong: `${file}: it is larger than 16 MiB: not a contract` }
    text = await readFile(file, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return {
      wrong: `${file}: ${code === 'ENOENT' ? 'no such file; `botwatch generate` writes out/<bot>/contract.json' : message}`,
    }
  }
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    return { wrong: `${file}: not valid JSON: ${(error as Error).message}` }
  }
  const read = contractSchema.safeParse(data)
  if (read.success) return read.data
  const why = read.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`)
  return { wrong: `${file}: not a valid contract.json for this version of botwatch: ${why.join('; ')}` }
}

/** The contract of a bot in the definitions. */
export async function contractOfBot(given: ParameterValues<typeof botOptions>): Promise<Contract | Wrong> {
  const bots = await chosenBots(given)
  if ('wrong' in bots) return bots
  const [only, ...more] = bots
  return only !== undefined && more.length === 0
    ? contractOf(resolve(only, containerTopology).model)
    : {
        wrong: `${given.definitions} has several bots: choose one with --bot ${listText(
          bots.map(({ name }) => name),
          'or',
        )}`,
      }
}
