import type { Recipe } from '../recipe.ts'

/** Slack, by the URL of an incoming webhook. */
export const channel: Recipe = {
  setup: [
    {
      file: 'definitions/mcbot/index.ts',
      replace: "paper: { tell: { critical: ['discord'],",
      by: "paper: { tell: { critical: ['discord', 'slack'],",
    },
  ],
  edits: [
    {
      file: 'definitions/language/stack.ts',
      replace: "'telegram' | 'discord'",
      by: "'telegram' | 'discord' | 'slack'",
    },
    {
      file: 'generators/stack/secrets.ts',
      before: 'export const deadMansSwitchUrl',
      insert: `export const slackWebhook = (env: string) => \`slack-webhook-\${env}\`\n`,
    },
    {
      file: 'generators/stack/secrets.ts',
      before: '  discord: (env) => [discordWebhook(env)],\n',
      insert: '  slack: (env) => [slackWebhook(env)],\n',
    },
    {
      file: 'generators/stack/secrets.ts',
      before: '    ...(bot.stack.deadMansSwitch\n',
      insert: `    ...envs
      .filter((env) => channelsOf(bot, env).includes('slack'))
      .map(
        (env) =>
          ({
            name: slackWebhook(env),
            channel: 'slack',
            what: \`the URL of the Slack webhook for \${env}\`,
            envs: [env],
          }) as const,
      ),
`,
    },
    {
      file: 'generators/outputs/alertmanager/receivers.ts',
      before: "      ...configs('discord', to,",
      insert: `      ...configs('slack', to, ({ env }) => ({
        api_url_file: \`\${topology.secrets}/\${slackWebhook(env)}\`,
        title: '{{ template "slack.title" . }}',
        text: '{{ template "slack.text" . }}',
        send_resolved: true,
      })),
`,
    },
    {
      file: 'generators/outputs/alertmanager/receivers.ts',
      replace: '  secretsFor,\n',
      by: '  secretsFor,\n  slackWebhook,\n',
    },
    {
      file: 'generators/outputs/alertmanager/dialect.ts',
      before: "/** Discord's Markdown",
      insert: `const escapedForSlack = (expression: string) =>
  \`reReplaceAll ">" "&gt;" (reReplaceAll "<" "&lt;" (reReplaceAll "&" "&amp;" \${expression}))\`

/** Slack's mrkdwn. */
export const slack: Dialect = {
  escaped: escapedForSlack,
  escapedSteps: escapedForSlack,
  growth: 5,
  print: (variable) => \`{{ \${variable} }}\`,
  literal: (words) => words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'),
  bold: (inside) => \`*\${inside}*\`,
  link: (url, words) => \`<{{ \${url} }}|\${words}>\`,
}

`,
    },
    {
      file: 'generators/outputs/alertmanager/templates.ts',
      replace: "import { discord, telegram } from './dialect.ts'",
      by: "import { discord, slack, telegram } from './dialect.ts'",
    },
    {
      file: 'generators/outputs/alertmanager/templates.ts',
      before: "    [\n      'alertmanager/templates/discord.tmpl',",
      insert: `    [
      'alertmanager/templates/slack.tmpl',
      file(define('slack.title', messageHeading(slack)), define('slack.text', messageBody(slack, model))),
    ],
`,
    },
    {
      file: 'generators/outputs/runbooks/runbook-words.ts',
      replace: "{ telegram: 'Telegram', discord: 'Discord' }",
      by: "{ telegram: 'Telegram', discord: 'Discord', slack: 'Slack' }",
    },
    {
      file: 'generators/commands/channels.ts',
      before: "    case 'discord':\n",
      insert: "    case 'slack':\n      return slackProblem(files, send)\n",
    },
    {
      file: 'generators/commands/channels.ts',
      before: 'interface Answer {\n',
      insert: `/** Slack answers only to a message; without one there is nothing to ask. */
async function slackProblem([file]: readonly SecretFile[], send: string | null): Promise<string | null> {
  if (file === undefined || send === null) return null
  return otherProblem('Slack', await asked(await readSecret(file.path), { text: send }), file.path)
}

`,
    },
  ],
  generated: {
    'out/mcbot/alertmanager/alertmanager.yml': /slack_configs:/,
    'out/mcbot/alertmanager/templates/slack.tmpl': /define "slack\.title"/,
    'out/mcbot/runbooks/BotDown.md': /Slack/,
  },
}
