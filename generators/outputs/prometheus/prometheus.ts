import type { Bot } from '../../../definitions/language/bot.ts'
import { milliseconds } from '../../../definitions/language/duration.ts'
import type { Metric } from '../../../definitions/language/metric.ts'
import { sampleLimitOf } from '../../../definitions/language/series-bound.ts'
import { freeLabelsOf } from '../../model/free-labels.ts'
import { grafanaManaged } from '../../model/grafana-managed.ts'
import type { Files, Job, Model } from '../../model/model.ts'
import type { Topology } from '../../model/topology.ts'
import { scrapeSecretOf } from '../../stack/secrets.ts'
import { yamlFile } from '../../text/yaml.ts'
import { keepList } from './keep-list.ts'

/** External labels that give rule annotations the public base URLs; they are dropped before alerts reach Alertmanager. */
const urlLabels = Object.freeze({ grafana: 'grafana_url', runbook: 'runbook_url' })

/** prometheus/prometheus.yml: what is scraped, which rules are loaded, and which Alertmanager is notified. */
export function prometheusOutput(model: Model): Files {
  const { bot, topology } = model
  const managed = grafanaManaged(model)
  const config = {
    global: {
      scrape_interval: bot.stack.scrape.exporters,
      evaluation_interval: bot.stack.evaluate,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Prometheus itself reads these from its environment
      external_labels: { [urlLabels.grafana]: '${GRAFANA_PUBLIC_URL}', [urlLabels.runbook]: '${RUNBOOK_PUBLIC_URL}' },
    },
    rule_files: ['recording.yml', 'alerts.yml', `${topology.deployment}/absence.yml`],
    alerting: {
      alert_relabel_configs: [
        { regex: Object.values(urlLabels).join('|'), action: 'labeldrop' },
        // Grafana sends these itself
        ...(managed.length === 0
          ? []
          : [{ source_labels: ['alertname'], regex: managed.map(({ name }) => name).join('|'), action: 'drop' }]),
      ],
      alertmanagers: [{ static_configs: [{ targets: [topology.alertmanager] }] }],
    },
    scrape_configs: model.jobs.map((job) => scrapeConfig(model, job)),
  }
  return new Map([
    [
      'prometheus/prometheus.yml',
      yamlFile(
        config,
        'The target file says where the bot is and in which environment; the exporters next to it get bot and env from the same file.',
        'grafana_url and runbook_url are for the links in messages; if the variables are not set, messages have no links.',
      ),
    ],
  ])
}

function scrapeConfig({ bot, topology }: Model, job: Job) {
  const common = {
    job_name: job.name,
    scrape_interval: job.interval,
    scrape_timeout: shorter(bot.stack.scrape.timeout, job.interval),
    file_sd_configs: [{ files: [topology.targets] }],
  }
  const free = freeLabelsOf(bot)
  if (job.kind !== 'bot' && job.kind !== 'watchdog') {
    const at = {
      node: topology.nodeExporter,
      prometheus: topology.prometheus,
      alertmanager: topology.alertmanager,
      relay: topology.relay,
      'victoria-logs': topology.victoriaLogs,
      vlagent: topology.vlagent,
      vmalert: topology.vmalert,
    }[job.kind]
    return {
      ...common,
      relabel_configs: [
        { target_label: '__address__', replacement: at },
        { target_label: 'instance', replacement: job.name },
        // the machine does not belong to any one account
        ...(free.length === 0 ? [] : [{ regex: free.join('|'), action: 'labeldrop' }]),
      ],
    }
  }
  const targets = {
    ...common,
    ...(bot.targets.length === 0
      ? {}
      : {
          static_configs: bot.targets.map(({ address, env, instance, labels }) => ({
            targets: [address],
            labels: { bot: bot.name, env, instance, ...labels },
          })),
        }),
  }
  return job.kind === 'bot'
    ? { ...targets, ...authOf(bot, topology), ...contractOnly(Object.values(bot.metrics)) }
    : { ...targets, relabel_configs: [onPort(bot.watchdog?.port ?? 0)] }
}

/** Prometheus refuses a timeout that is longer than the interval. */
const shorter = (timeout: string, interval: string): string =>
  (milliseconds(timeout) ?? 0) < (milliseconds(interval) ?? 0) ? timeout : interval

/** Keeps only what the contract declares, and limits a scrape to five times the budgets of the contract. */
const contractOnly = (metrics: readonly Metric[]) => ({
  metric_relabel_configs: [keepList(metrics)],
  sample_limit: Math.max(sampleLimitOf(metrics), 1),
})

/** The same host, another port. */
const onPort = (port: number) => ({
  source_labels: ['__address__'],
  regex: '(.+):\\d+',
  target_label: '__address__',
  replacement: `\${1}:${port}`,
})

/** The authentication that the bot requires, with the secret in a file. */
function authOf(bot: Bot, { secrets }: Topology) {
  const secret = scrapeSecretOf(bot)
  if (secret === null || bot.auth === null) return {}
  const file = `${secrets}/${secret.name}`
  return bot.auth === 'token'
    ? { authorization: { credentials_file: file } }
    : { basic_auth: { username: bot.auth.user, password_file: file } }
}
