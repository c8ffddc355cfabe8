import type { Files, Job, Model } from './model.ts'
import { yamlFile } from './text/yaml.ts'

/** Labels that carry the public base URLs to the annotations of rules, and never to Alertmanager. */
export const urlLabels = Object.freeze({ grafana: 'grafana_url', runbook: 'runbook_url' })

/** prometheus/prometheus.yml: what is scraped, which rules are loaded, who is told. */
export function prometheus(model: Model): Files {
  const { bot, places } = model
  const config = {
    global: {
      scrape_interval: bot.stack.scrape.exporters,
      evaluation_interval: bot.stack.evaluate,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Prometheus itself reads these from its environment
      external_labels: { [urlLabels.grafana]: '${GRAFANA_PUBLIC_URL}', [urlLabels.runbook]: '${RUNBOOK_PUBLIC_URL}' },
    },
    rule_files: ['recording.yml', 'alerts.yml', `${places.deployment}/absence.yml`],
    alerting: {
      alert_relabel_configs: [{ regex: Object.values(urlLabels).join('|'), action: 'labeldrop' }],
      alertmanagers: [{ static_configs: [{ targets: [places.alertmanager] }] }],
    },
    scrape_configs: model.jobs.map((job) => scrapeConfig(model, job)),
  }
  return new Map([
    [
      'prometheus/prometheus.yml',
      yamlFile(
        config,
        'The target file says where the bot is and in which environment; the exporters beside it take bot and env from there.',
        'grafana_url and runbook_url are for the links in messages; without the variables the links are left out.',
      ),
    ],
  ])
}

function scrapeConfig({ bot, places }: Model, job: Job) {
  const common = { job_name: job.name, scrape_interval: job.interval, file_sd_configs: [{ files: [places.targets] }] }
  if (job.kind !== 'bot') {
    const at = { node: places.nodeExporter, prometheus: places.prometheus, alertmanager: places.alertmanager }[job.kind]
    return {
      ...common,
      relabel_configs: [
        { target_label: '__address__', replacement: at },
        { target_label: 'instance', replacement: job.name },
      ],
    }
  }
  if (bot.targets.length === 0) return common
  return {
    ...common,
    static_configs: bot.targets.map(({ address, env, instance, labels }) => ({
      targets: [address],
      labels: { bot: bot.name, env, instance, ...labels },
    })),
  }
}
