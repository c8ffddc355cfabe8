import { capitalize } from '../../text/capitalize.ts'
import { countText } from '../../text/count-text.ts'
import { listText } from '../../text/list-text.ts'

/** The fixed words of runbooks, in Markdown. */
export const runbookWords = Object.freeze({
  runbooksOf: (bot: string) => `Runbooks of ${bot}`,
  allRunbooks: 'all runbooks',
  inReference: 'all alerts in a table',
  indexIntro: (alerts: string, bySeverity: string) =>
    `${alerts}: ${bySeverity}. Each message names its alert; the page with that name explains what it means and what to do.`,
  noAlerts: 'This bot has no alerts.',
  glossary: 'glossary',
  terms: (glossary: string) => `Terms are explained in the ${glossary}.`,
  panelPaths: (port: number) =>
    `A path such as \`/d/…\` leads to a panel: append it to the address of Grafana, which on the machine of the stack is \`http://localhost:${port}\` unless \`.env\` sets another port.`,
  composeFolder:
    'Run `docker compose` in the folder of the stack, next to `docker-compose.yaml`. If `BOT_TARGET` names a bot that runs elsewhere, its process and its log are there.',
  makeFolder: 'Run `make` at the top of the clone of botwatch.',
  column: Object.freeze({ alert: 'Alert', means: 'What it means', first: 'First step' }),
  message: (summary: string) => `Message: ${summary}`,

  meaning: 'What it means',
  groups: Object.freeze({ act: 'Act now', look: 'Look', decide: 'Decide' }),
  ofLog: 'If nothing watches the log',
  saysLog: (bot: string) =>
    `The message then says that nothing watches the log of ${bot}, and the steps above are not those to take.`,
  when: 'When it fires',
  telling: 'How it notifies',
  departures: 'How it differs from the document',

  lookAt: (panel: string, path: string) => `Look at **${panel}** (${path})`,
  run: 'Run this',

  firesWhen: (condition: string, each: string) =>
    each === '' ? `It fires when ${condition}.` : `It fires separately for each ${each} when ${condition}.`,
  firesAlways: 'It always fires: it shows that Prometheus evaluates rules and Alertmanager delivers messages.',
  posted:
    'No rule raises it: the relay next to Alertmanager posts it as soon as it has missed the Watchdog for too long, or Prometheus has not answered for a minute. While it fires it mutes everything that Prometheus evaluates, and nothing is reported as resolved.',
  atOnce: (interval: string) => `A single evaluation is enough; the rule is evaluated ${interval}.`,
  holds: (time: string) => `This must hold for ${time} without interruption.`,
  heldInside: (time: string) =>
    `This must hold for ${time}. The expression itself checks that, instead of a \`for\`, which a single failed scrape would restart: every sample of that time must satisfy the condition, and \`count_over_time\` requires enough of them.`,
  whereItRuns: (env: string) => `Where the bot runs as ${env}:`,
  inRule: 'The expression of the rule:',
  recorded: (name: string, interval: string) => `${name} is recorded ${interval}:`,

  toldBy: (env: string, channels: string) => `${env}: ${channels}`,
  who: (ways: string) => `Channels: ${ways}.`,
  nobody: 'none',
  watched: (time: string) =>
    `It goes to the external dead man’s switch ${time}, not to a channel: the switch raises an alarm when it stops arriving.`,
  unwatched: 'It goes nowhere: no external dead man’s switch is configured, so nobody is notified when it stops.',
  quiet: (count: number) =>
    `It is sent to nobody. While it fires, ${countText(count, 'alert')} on figures of the bot, or on the absence of its lines, are held back for the same environment and instance. What still fires when it ends is sent then, within seconds.`,
  stillSent: (alerts: string) => `Still sent: ${alerts}.`,
  cooldown: (scope: string, time: string) =>
    `At most one FIRING notification per ${scope} ${time}, even if the alert flaps.`,
  delayed: (further: string) => `RESOLVED${further === '' ? '' : `, or ${further},`} can be delayed by the same time.`,
  eventDelayed: (further: string) => `${capitalize(further)} can be delayed by the same time.`,
  further: (labels: string) => `a second ${labels} joining the alert`,
  furtherSeries: 'another series joining the alert',
  neverResolved:
    'It reports an event, which has no end: RESOLVED is never sent. Another event while it fires sends no notification of its own.',
  reminder: (time: string) => `While it fires, the notification is repeated ${time}.`,
  keepsFiring: (time: string) =>
    `It keeps firing for ${time} after the condition ends, so that a gap in the data does not resolve it.`,
  keepsFiringForEvent: (time: string) =>
    `It keeps firing for ${time} after the condition ends, so that an event that only one evaluation sees is sent as well.`,
  stopsAtOnce: 'It resolves as soon as the condition ends.',
  mutedBy: (alerts: string, scope: string) => `While ${alerts} fires for the same ${scope}, this alert is muted.`,
  neverMuted: 'No other alert mutes it.',
  onlyMutedBy: (alerts: string) => `Only ${alerts} mutes it.`,
  mutes: (alerts: string, scope: string) => `While it fires, it mutes ${alerts} for the same ${scope}.`,
  others: (count: number) => `${count} other alerts`,
  scope: (apart: readonly string[]) => listText(['environment', ...apart]),
  channel: Object.freeze({ telegram: 'Telegram', discord: 'Discord' }),

  departure: (said: string, because: string) => `The document: “${said}”. ${because}`,
})
