import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Files } from '../../generators/model/model.ts'
import { yaml } from '../../generators/text/yaml.ts'
import { notation, type Scrapes, scrapeEvery } from './scrapes.ts'

/** The scrapes of a bot, with all rules loaded in its environment. */
export interface Scene {
  readonly name: string
  readonly scrapes: Scrapes
  /** The alerts that fire at some time; no others do. */
  readonly fires: readonly string[]
  readonly evaluate?: string
  /** When the bot died, in seconds: from then on its alert or BotDown fires at every evaluation. */
  readonly died?: number
}

/** Seconds between two evaluations, as in the stack. */
const evaluateEvery = 10

const ruleFiles = ['recording.yml', 'alerts.yml', 'absence.yml']

/** Writes the rules loaded in an environment. */
export function writeRules(folder: string, files: Files, env: string): void {
  for (const path of ['recording.yml', 'alerts.yml', `deployments/${env}/absence.yml`])
    writeFileSync(join(folder, basename(path)), files.get(`prometheus/${path}`) ?? '')
}

/** Writes the unit test of a scene; returns its path. */
export function writeScene(
  folder: string,
  { name, scrapes, fires, evaluate = `${evaluateEvery}s`, died }: Scene,
): string {
  const seconds = Math.max(...[...scrapes.values()].map((values) => values.length)) * scrapeEvery
  const path = join(folder, `${name.replaceAll(/\W+/g, '-')}.yml`)
  const handedOver = (since: number) => ({
    expr: `count_over_time(max(ALERTS{alertname=~"${fires[0]}|BotDown", alertstate="firing"})[${seconds - since}s:${evaluateEvery}s])`,
    eval_time: `${seconds}s`,
    exp_samples: [{ labels: '{}', value: (seconds - since) / evaluateEvery }],
  })
  writeFileSync(
    path,
    yaml({
      rule_files: ruleFiles,
      evaluation_interval: evaluate,
      tests: [
        {
          name,
          interval: `${scrapeEvery}s`,
          input_series: [...scrapes].map(([series, values]) => ({ series, values: notation(values) })),
          promql_expr_test: [
            {
              expr: `group by (alertname) (count_over_time(ALERTS{alertstate="firing"}[${seconds + 1}s]))`,
              eval_time: `${seconds}s`,
              exp_samples: fires.map((alert) => ({ labels: `{alertname="${alert}"}`, value: 1 })),
            },
            ...(died === undefined ? [] : [handedOver(died)]),
          ],
        },
      ],
    }),
  )
  return path
}
