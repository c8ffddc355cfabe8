import type { Files, Model } from '../../model/model.ts'
import type { IsFilled } from '../../stack/secrets.ts'
import { yamlFile } from '../../text/yaml.ts'
import { inhibitRules } from './inhibit.ts'
import { receivers } from './receivers.ts'
import { route } from './route.ts'
import { templates } from './templates.ts'

/** alertmanager/: who is told of what, how often, and in which words. */
export const alertmanager = (model: Model): Files =>
  new Map([
    [
      'alertmanager/alertmanager.yml',
      configuration(
        model,
        'templates',
        () => true,
        'It names every channel: the stack runs without those that have no secret, by a file of its own beside the secrets.',
      ),
    ],
    ...templates(model),
  ])

/** The same without the channels whose secrets are not filled, to lie beside the secrets. */
export const filledAlertmanager = (model: Model, isFilled: IsFilled): string =>
  configuration(
    model,
    `${model.places.alertmanagerFolder}/templates`,
    isFilled,
    '`make up`, `make apply` and `make test-alert` write it, for the channels whose secrets are filled.',
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
    'group_interval is the cooldown: two messages about one alert are at least so far apart, also when it flaps.',
    'repeat_interval is half a cooldown short of the reminder: Alertmanager looks once a group_interval, and asks whether more has passed.',
  )
}
