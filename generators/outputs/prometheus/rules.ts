import type { Files, Model } from '../../model/model.ts'
import { ruleGroups } from '../../model/rule-groups.ts'
import { yamlFile } from '../../text/yaml.ts'

/** prometheus/alerts.yml, prometheus/recording.yml, and for each environment the rules that apply only where it runs. */
export function rulesOutput(model: Model): Files {
  const { recording, alerting, deployments } = ruleGroups(model)
  return new Map([
    ['prometheus/recording.yml', yamlFile({ groups: recording })],
    ['prometheus/alerts.yml', yamlFile({ groups: alerting })],
    ...Object.entries(deployments).map(
      ([env, groups]) =>
        [
          `prometheus/deployments/${env}/absence.yml`,
          yamlFile(
            { groups },
            `Loaded where ${model.bot.name} runs as ${env}: alerts about targets that should be there but are not.`,
          ),
        ] as const,
    ),
  ])
}
