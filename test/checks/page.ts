import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { milliseconds } from '../../definitions/language/duration.ts'
import type { Bot } from '../../definitions/language/index.ts'
import * as words from '../../definitions/language/index.ts'
import * as metricWords from '../../definitions/language/metrics.ts'
import type { CheckFinding } from '../../generators/checks/check.ts'
import type { Role } from '../../generators/checks/expression.ts'
import { expressionChecker } from '../../generators/checks/expressions.ts'
import { findingText } from '../../generators/checks/report/text.ts'
import { runChecks } from '../../generators/checks/run.ts'
import { load } from '../../generators/commands/load.ts'
import { worldOf } from '../../generators/meaning/world.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import * as example from './example-bot.ts'

/** An example of a page: an expression with its role, or definitions. */
interface Example {
  readonly is: 'bad' | 'good'
  readonly language: 'promql' | 'ts'
  /** The words after `bad` or `good`, such as `alert` and `for=10m`. */
  readonly words: readonly string[]
  readonly text: string
}

/** The parts of a check's page that tests read. */
interface CheckPage {
  readonly file: string
  readonly text: string
  readonly examples: readonly Example[]
}

export const pagesFolder = fileURLToPath(new URL('../../docs/checks/', import.meta.url))

export function readPage(file: string): CheckPage {
  const text = readFileSync(join(pagesFolder, file), 'utf8')
  const blocks = [...text.matchAll(/^```(\w+)(?: ([^\n]*))?\n(.*?)^```$/gms)]
  const examples = blocks.flatMap(([, language, info = '', inside = '']): Example[] => {
    const [is = '', ...more] = info.split(' ')
    if (is !== 'bad' && is !== 'good') return []
    return [{ is, language: language as Example['language'], words: more, text: inside.trimEnd() }]
  })
  return { file, text, examples }
}

/** The printed findings of the bad examples of a page. */
export const saidOf = /(?<=^```text\n).*?(?=^```$)/ms

const look = expressionChecker(worldOf(example.exampleBot()))
/** The date that the pages assume. */
export const today = '2026-11-21'

/** The findings of an example. */
export async function findingsOf({ language, text, words: given }: Example): Promise<readonly CheckFinding[]> {
  if (language === 'ts') return runChecks(resolve(await botOf(text), containerTopology), today)
  const held = given.find((word) => word.startsWith('for='))?.slice(4) ?? ''
  const role = (given.find((word) => !word.includes('=')) ?? 'query') as Role
  const setting = {
    role,
    for: milliseconds(held) ?? 0,
    retention: milliseconds('90d'),
    identity: role === 'alert' ? ['bot', 'env'] : [],
  }
  return look(text, setting).findings.map(({ from, to, ...found }) => ({
    ...found,
    of: role === 'query' ? 'the expression' : `the expression of ${role === 'alert' ? 'an' : 'a'} ${role}`,
    key: '',
    where: {},
    in: { text, from, to },
  }))
}

/** Findings as the command prints them. */
export const findingLines = (all: readonly CheckFinding[]): string => all.map((one) => findingText(one, '')).join('\n')

/** Definitions as a page has them: the words of the language and those of the example bot are imported. */
async function botOf(text: string): Promise<Bot> {
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-page-'))
  const at = (path: string) => pathToFileURL(fileURLToPath(new URL(path, import.meta.url))).href
  const ofMetrics = Object.keys(metricWords)
  const others = Object.keys(words).filter((word) => !ofMetrics.includes(word))
  const file = join(folder, 'page.mts')
  try {
    writeFileSync(
      file,
      [
        `import { ${ofMetrics.join(', ')} } from '${at('../../definitions/language/metrics.ts')}'`,
        `import { ${others.join(', ')} } from '${at('../../definitions/language/index.ts')}'`,
        `import { ${Object.keys(example).join(', ')} } from '${at('./example-bot.ts')}'`,
        text.replace(/^exampleBot\(/m, 'const page = exampleBot('),
        'export const bots = [page]',
      ].join('\n'),
    )
    const bots = await load(file)
    if ('wrong' in bots) throw new Error(bots.wrong)
    return bots[0] as Bot
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
