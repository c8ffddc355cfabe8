import type { Files, Model } from '../../model/model.ts'
import type { IsFilled } from '../../stack/secrets.ts'
import { yamlFile } from '../../text/yaml.ts'
import { inhibitRules } from './inhibit.ts'
import { receivers } from './receivers.ts'
import { route } from './route.ts'
import { templates } from './templates.ts'

/** alertmanager/: who is notified of what, how often, and in which words. */
export const alertmanagerOutput = (model: Model): Files =>
  new Map([
    [
      'alertmanager/alertmanager.yml',
      configuration(
        model,
        'templates',
        () => true,
        'This lists every channel. The stack itself runs with a second file, next to the secrets, that leaves out channels without a secret.',
      ),
    ],
    ...templates(model),
  ])

/** The same without the channels whose secrets are empty; it is kept next to the secrets. */
export const filledAlertmanager = (model: Model, isFilled: IsFilled): string =>
  configuration(
    model,
    `${model.topology.alertmanagerFolder}/templates`,
    isFilled,
    'Written by `make up`, `make apply` and `make test-alert`, with the channels whose secrets are filled in.',
  )

function configuration(model: Model, folder: string, isFilled: IsFilled, what: string): string {
  const inhibit = inhibitRules(model)
  const config = {
    templates: [`${folder}/*.tmpl`],
    route: route(model, isFilled),
    ...(inhibit.length === 0 ? {} : { inhibit_rules: inhibit }),
    receivers: receivers(model, isFilled),
  }
  return yamlFile(
    config,
    what,
    'group_interval is the cooldown: the least time between two messages about one alert, even if it flaps.',
    'repeat_interval is half a cooldown shorter than the reminder: Alertmanager checks once per group_interval whether more time than that has passed.',
  )
}
