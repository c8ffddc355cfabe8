import { define } from '../../messages/define.ts'
import { discord, telegram } from '../../messages/dialect.ts'
import { messageBody, messageHeading } from '../../messages/message.ts'
import type { Files, Model } from '../../model/model.ts'
import type { IsFilled } from '../../stack/secrets.ts'
import { yamlFile } from '../../text/yaml.ts'
import { deliveryOf } from './delivery.ts'
import { deletedRules, ruleGroupsOf } from './rules.ts'

/** grafana/provisioning/alerting/: the rules that Grafana evaluates, whom it tells, and in which words; nothing if Prometheus has all alerts. */
export function grafanaAlertingOutput(model: Model): Files {
  if (model.bot.alertsManagedBy !== 'grafana') return new Map()
  const folder = 'grafana/provisioning/alerting'
  const deleted = deletedRules(model)
  return new Map([
    [
      `${folder}/rules.yml`,
      yamlFile(
        {
          apiVersion: 1,
          groups: ruleGroupsOf(model),
          ...(deleted.length === 0 ? {} : { deleteRules: deleted }),
        },
        'Prometheus evaluates the same rules, for what they mute and for the history on the dashboards, but sends none of them.',
      ),
    ],
    [
      `${folder}/delivery.yml`,
      delivery(
        model,
        () => true,
        'This lists every channel. The stack itself runs with a second file, next to the secrets, that leaves out channels without a secret.',
      ),
    ],
    [`${folder}/templates.yml`, yamlFile({ apiVersion: 1, templates: templatesOf(model) })],
  ])
}

/** The same without the channels whose secrets are empty: Grafana does not start with an empty token. */
export const filledGrafanaDelivery = (model: Model, isFilled: IsFilled): string =>
  delivery(
    model,
    isFilled,
    'Written by `make up`, `make apply` and `make test-alert`, with the channels whose secrets are filled in.',
  )

const delivery = (model: Model, isFilled: IsFilled, what: string): string =>
  yamlFile(
    deliveryOf(model, isFilled),
    what,
    'group_interval is the cooldown: the least time between two messages about one alert, even if it flaps.',
  )

const templatesOf = (model: Model): readonly object[] => [
  {
    orgId: 1,
    name: 'telegram',
    template: define('telegram', [...messageHeading(telegram), '{{ "\\n" }}', ...messageBody(telegram, model)]),
  },
  {
    orgId: 1,
    name: 'discord',
    template: [
      define('discord.title', messageHeading(discord)),
      define('discord.message', messageBody(discord, model)),
    ].join('\n'),
  },
]
