import { z } from 'zod'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { contract } from '../../generators/outputs/contract/contract.ts'
import { prometheus } from '../../generators/outputs/prometheus/prometheus.ts'
import { rules } from '../../generators/outputs/prometheus/rules.ts'
import { readYaml } from '../../generators/text/yaml.ts'
import { modelOf } from '../fixtures/small-bot.ts'
import { rulesOf } from './rules.ts'

const model = modelOf(mcbot)

/** The generated rule files of mcbot. */
export const ruleFiles = rules(model)
/** Its rules, read out of them. */
export const written = rulesOf(ruleFiles)

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
const scrape = prometheusFile
  .parse(readYaml(prometheus(model).get('prometheus/prometheus.yml') ?? ''))
  .scrape_configs.find(({ job_name }) => job_name === 'mcbot')

/** The contract's hash as in its series, the sample limit of a scrape of the bot, and what is kept of one. */
export const limits = {
  hash: contractFile.parse(JSON.parse(contract(model).get('contract.json') ?? '')).hash.slice('sha256:'.length, 23),
  samples: scrape?.sample_limit ?? Number.NaN,
  keeps: new RegExp(`^(?:${scrape?.metric_relabel_configs?.[0]?.regex ?? ''})$`),
}
