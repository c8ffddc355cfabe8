import { inhibitRules } from './alertmanager/inhibit.ts'
import { receivers } from './alertmanager/receivers.ts'
import { route } from './alertmanager/route.ts'
import { templates } from './alertmanager/templates.ts'
import type { Files, Model } from './model.ts'
import { yamlFile } from './text/yaml.ts'

/** alertmanager/: who is told of what, how often, and in which words. */
export function alertmanager(model: Model): Files {
  const inhibit = inhibitRules(model)
  const config = {
    templates: ['templates/*.tmpl'],
    route: route(model),
    ...(inhibit.length === 0 ? {} : { inhibit_rules: inhibit }),
    receivers: receivers(model),
  }
  return new Map([
    [
      'alertmanager/alertmanager.yml',
      yamlFile(
        config,
        'group_interval is the cooldown: two messages about one alert are at least so far apart, also when it flaps.',
        'repeat_interval is half a cooldown short of the reminder: Alertmanager looks once a group_interval, and asks whether more has passed.',
      ),
    ],
    ...templates(model),
  ])
}
