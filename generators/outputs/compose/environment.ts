import type { Files, Model } from '../../model/model.ts'
import { keepsLogs } from '../../stack/logs.ts'
import { activeProfiles, labelSettingsOf, password, type Setting, settingsOf } from '../../stack/settings.ts'
import { fileHeader } from '../../text/header.ts'

/** .env.example: everything that can be set; `make up` copies it to `.env` with a random password. */
export function environmentOutput({ bot }: Model): Files {
  const settings = settingsOf(bot)
  const lines = [
    fileHeader('#', '`make up` copies this to .env once, with a random password. Commented lines show the defaults.'),
    `# Grafana's password, for the user admin; one of your own goes in single quotes`,
    `${password}=`,
    '',
    '# Which bot is monitored: the paper bot, unless one of the next two names the real one',
    given(settings.image),
    given(settings.target),
    '# leave as it is: which bot runs follows from the two names above; the paper bot never runs as live',
    `COMPOSE_PROFILES=${activeProfiles(bot).join(',')}`,
    ...(['env', 'instance'] as const).map((key) => shown(settings[key])),
    ...Object.values(labelSettingsOf(bot)).map(shown),
    shown(settings.gateway),
    '',
    '# Links in messages',
    ...(['grafanaUrl', 'runbookUrl', 'alertmanagerUrl'] as const).map((key) => shown(settings[key])),
    '',
    '# Ports',
    ...(['botPort', 'prometheusPort', 'alertmanagerPort', 'relayPort', 'grafanaPort', 'nodeExporterPort'] as const).map(
      (key) => shown(settings[key]),
    ),
    ...(keepsLogs(bot) ? ['', '# The log', ...[settings.logsPort, settings.logs, settings.logsGroup].map(shown)] : []),
    '',
    '# The paper bot',
    ...(['faults', 'nodeOptions', 'repository'] as const).map((key) => shown(settings[key])),
  ]
  return new Map([['.env.example', `${lines.join('\n')}\n`]])
}

const given = ({ name, comment }: Setting) => `# ${comment}\n${name}=`
const shown = ({ name, otherwise, comment }: Setting) => `# ${comment}\n#${name}=${otherwise}`
