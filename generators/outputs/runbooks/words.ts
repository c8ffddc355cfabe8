import { listed } from '../../text/listed.ts'

/** The fixed words of runbooks, in Markdown: another language is one more such table. */
export const words = Object.freeze({
  runbooksOf: (bot: string) => `Runbooks of ${bot}`,
  allRunbooks: 'all runbooks',
  inReference: 'all alerts in a table',
  indexIntro: (alerts: string, bySeverity: string) =>
    `${alerts}: ${bySeverity}. A message names its alert; the page of that name says what it means and what to do.`,
  noAlerts: 'It has no alerts.',
  panelPaths: (port: number) =>
    `A path such as \`/d/…\` leads to a panel: put it behind the address of Grafana, on the machine of the stack \`http://localhost:${port}\` unless \`.env\` names another port.`,
  composeFolder:
    '`docker compose` is run in the folder of the stack, where `docker-compose.yaml` is. A bot that `BOT_TARGET` names has its process and its log where it runs.',
  makeFolder: '`make` is run at the top of the clone of botwatch.',
  column: Object.freeze({ alert: 'Alert', means: 'What it means', first: 'First step' }),
  message: (summary: string) => `Its message: ${summary}`,

  meaning: 'What it means',
  steps: 'What to do',
  when: 'When it fires',
  telling: 'How it is told',
  departures: 'Where it departs from the document',

  lookAt: (panel: string, path: string) => `Look at **${panel}** (${path})`,
  run: 'Run this',

  firesWhen: (condition: string, each: string) =>
    each === '' ? `It fires when ${condition}.` : `It fires, for each ${each} by itself, when ${condition}.`,
  firesAlways: 'It always fires: it is the sign that Prometheus evaluates and Alertmanager delivers.',
  atOnce: (interval: string) => `One evaluation that finds it so is enough; there is one ${interval}.`,
  holds: (time: string) => `It must be so for ${time} without a break.`,
  heldInside: (time: string) =>
    `It must be so for ${time}. This stands inside the expression and not in a \`for\`, which one failed scrape would start again: all samples of that time must say so, and there must be as many as \`count_over_time\` asks for.`,
  whereItRuns: (env: string) => `Where it runs as ${env}:`,
  inRule: 'As the rule has it:',
  recorded: (name: string, interval: string) => `${name} is recorded ${interval}:`,

  toldBy: (env: string, channels: string) => `${env}: ${channels}`,
  who: (ways: string) => `Who hears of it: ${ways}.`,
  nobody: 'nobody',
  watched: (time: string) =>
    `It goes to the external dead man’s switch ${time}, and to no person: whoever keeps the switch hears when it stops.`,
  unwatched: 'It goes to nobody: no external dead man’s switch is configured, so that its silence is not heard either.',
  cooldown: (scope: string, time: string, further: string) =>
    `Two FIRING messages for one ${scope} are at least ${time} apart, also when it flaps; RESOLVED${further} may wait as long.`,
  further: (labels: string) => ` and a further ${labels}`,
  furtherSeries: ' and a further series',
  reminder: (time: string) => `While it fires it is told again ${time}.`,
  keepsFiring: (time: string) =>
    `It fires on for ${time} after the condition ends, so that a gap in the data is not taken for the end.`,
  stopsAtOnce: 'It ends as soon as the condition does.',
  mutedBy: (alerts: string, scope: string) =>
    `While ${alerts} fires for the same ${scope}, nobody is told of this one.`,
  neverMuted: 'Nothing mutes it.',
  mutes: (alerts: string, scope: string) => `While it fires, nobody is told of ${alerts} for the same ${scope}.`,
  others: (count: number) => `${count} other alerts`,
  scope: (apart: readonly string[]) => listed(['environment', ...apart]),
  channel: Object.freeze({ telegram: 'Telegram', discord: 'Discord' }),

  /** A hole of the summary that is filled when the alert fires. */
  hole: (name: string) => `‹${name}›`,
  departure: (said: string, because: string) => `The document: “${said}”. ${because}`,
})
