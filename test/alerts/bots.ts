import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { bots as all } from '../../definitions/index.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import type { Files } from '../../generators/model/model.ts'
import { contractOutput } from '../../generators/outputs/contract/contract.ts'
import { prometheusOutput } from '../../generators/outputs/prometheus/prometheus.ts'
import { rulesOutput } from '../../generators/outputs/prometheus/rules.ts'
import { readYaml } from '../../generators/text/yaml.ts'
import { modelOf } from '../fixtures/small-bot.ts'
import { type Proofs, scrapedTarget, type Target } from './case.ts'
import { contractProofs } from './contract.ts'
import { deliveryProofs } from './delivery.ts'
import { logProofs } from './logs.ts'
import { rulesOf, type WrittenRules } from './rules.ts'
import { targetProofs } from './targets.ts'

/** A bot's generated rules, and the cases that prove them. */
export interface ProvenBot extends Written {
  readonly name: string
  readonly bot: Bot
  readonly target: Target
  /** By the alert's name. */
  readonly proofs: Proofs
}

/** The bots whose cases could be loaded, and a message for each bot without cases and each folder without a bot. */
interface Discovered {
  readonly bots: readonly ProvenBot[]
  readonly wrong: readonly string[]
}

/** Loads the cases of each bot from the folder of its name. */
export async function provenBots(
  bots: readonly Bot[] = all,
  folder: string = import.meta.dirname,
  shown = 'test/alerts',
): Promise<Discovered> {
  const names = bots.map(({ name }) => name)
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const found: ProvenBot[] = []
  const wrong = folders
    .filter(({ name }) => !names.includes(name))
    .map(
      ({ name }) =>
        `${shown}/${name} has cases, but no bot has this name: add ${name} to definitions/index.ts, or remove the folder`,
    )
  for (const bot of bots) {
    const own = await proofsIn(join(folder, bot.name, 'index.ts'))
    if (own === null)
      wrong.push(
        `${bot.name} has no cases: add ${shown}/${bot.name}/index.ts, which exports \`proofs\` with cases of ${bot.alerts
          .map(({ name }) => name)
          .filter((name) => !name.startsWith('Contract'))
          .join(', ')}`,
      )
    else found.push(proven(bot, own))
  }
  return { bots: found, wrong }
}

async function proofsIn(file: string): Promise<Proofs | null> {
  if (!existsSync(file)) return null
  const { proofs } = (await import(pathToFileURL(file).href)) as { readonly proofs?: Proofs }
  return proofs ?? null
}

function proven(bot: Bot, own: Proofs): ProvenBot {
  const environments = Object.keys(bot.environments)
  const target = scrapedTarget(bot.name, environments.includes('paper') ? 'paper' : environments[0])
  const of = writtenOf(bot)
  const added = Object.fromEntries(
    Object.entries({
      ...targetProofs(target),
      ...deliveryProofs(target),
      ...logProofs(target, of.rules.alerts.get('LogStoreDown')?.labels['severity'] ?? ''),
    }).filter(([alert]) => of.rules.alerts.has(alert)),
  )
  const watched = [...of.rules.alerts.keys()].some((name) => name.startsWith('Contract'))
  return {
    ...of,
    name: bot.name,
    bot,
    target,
    proofs: {
      ...(watched ? contractProofs(target, of.limits, of.rules) : {}),
      ...added,
      ...own,
    },
  }
}

/** Alerts without cases, and cases without an alert. */
export function unproven({ name, rules, proofs }: ProvenBot): readonly string[] {
  return [
    ...[...rules.alerts.keys()]
      .filter((alert) => proofs[alert] === undefined)
      .map((alert) => `${name}: ${alert} has no case: add one in test/alerts/${name}`),
    ...Object.keys(proofs)
      .filter((alert) => !rules.alerts.has(alert))
      .map((alert) => `${name}: there are cases for ${alert}, but no such alert: rename or remove them`),
  ]
}

const contractFile = z.object({ hash: z.templateLiteral(['sha256:', z.string()]) })
const prometheusFile = z.object({
  scrape_configs: z.array(
    z.object({
      job_name: z.string(),
      sample_limit: z.number().optional(),
      metric_relabel_configs: z.array(z.object({ regex: z.string(), action: z.literal('keep') })).optional(),
    }),
  ),
})

/** The generated parts of a bot that cases use. */
interface Written {
  /** Its rule files. */
  readonly files: Files
  /** Its rules, read from those files. */
  readonly rules: WrittenRules
  /** The contract's hash in its series' label, the sample limit of a scrape of the bot, and the metrics that a scrape keeps. */
  readonly limits: { readonly hash: string; readonly samples: number; readonly keeps: RegExp }
}

export function writtenOf(bot: Bot): Written {
  const model = modelOf(bot)
  const files = rulesOutput(model)
  const scrape = prometheusFile
    .parse(readYaml(prometheusOutput(model).get('prometheus/prometheus.yml') ?? ''))
    .scrape_configs.find(({ job_name }) => job_name === bot.name)
  return {
    files,
    rules: rulesOf(files),
    limits: {
      hash: contractFile
        .parse(JSON.parse(contractOutput(model).get('contract.json') ?? ''))
        .hash.slice('sha256:'.length, 23),
      samples: scrape?.sample_limit ?? Number.NaN,
      keeps: new RegExp(`^(?:${scrape?.metric_relabel_configs?.[0]?.regex ?? ''})$`),
    },
  }
}
