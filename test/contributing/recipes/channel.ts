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
      before: "  ...configs('discord', to,",
      insert: `  ...configs('slack', to, ({ env }) => ({
    api_url_file: \`\${topology.secrets}/\${slackWebhook(env)}\`,
    title: template('slack.title'),
    text: template('slack.text'),
    send_resolved: true,
  })),
`,
    },
    {
      file: 'generators/outputs/alertmanager/receivers.ts',
      before: '  discord: { title: template(',
      insert: "  slack: { title: template('slack.title'), text: template('slack.text') },\n",
    },
    {
      file: 'generators/outputs/relay/program/config.ts',
      before: "  | { readonly name: string; readonly kind: 'discord';",
      insert: "  | { readonly name: string; readonly kind: 'slack'; readonly webhookFile: string }\n",
    },
    {
      file: 'generators/outputs/relay/program/channels.ts',
      before: "    case 'discord': {\n",
      insert: `    case 'slack': {
      const webhook = await secretIn(channel.webhookFile)
      if (!('secret' in webhook)) return webhook
      const body = { text: \`\${message.title}\\n\${message.text}\`, mrkdwn: !plain }
      return attempt('Slack', webhook.secret, body, (status) => status === 400)
    }
`,
    },
    {
      file: 'generators/outputs/relay/program/main.ts',
      before: "    case 'discord':\n",
      insert: `    case 'slack':
      return { title: \`\${icon} *\${word}* critical · *\${title}*\`, text: \`\${config.bot}\\n\\n\${text}\` }
`,
    },
    {
      file: 'generators/outputs/relay/program/silence-link.ts',
      before: "    case 'discord':\n",
      insert: `    case 'slack':
      return \`\\n<\${url}|Silence>\`
`,
    },
    {
      file: 'generators/outputs/relay/relay.ts',
      before: "    case 'discord':\n",
      insert: `    case 'slack':
      return { name, kind: 'slack', webhookFile: secret(slackWebhook(env)) }
`,
    },
    {
      file: 'generators/outputs/relay/relay.ts',
      replace: 'discordWebhook, telegramChat',
      by: 'discordWebhook, slackWebhook, telegramChat',
    },
    {
      file: 'generators/outputs/alertmanager/receivers.ts',
      replace: '  secretsFor,\n',
      by: '  secretsFor,\n  slackWebhook,\n',
    },
    {
      file: 'generators/messages/dialect.ts',
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
      file: 'generators/outputs/grafana-alerting/delivery.ts',
      before: '  telegramChat,\n',
      insert: '  slackWebhook,\n',
    },
    {
      file: 'generators/outputs/grafana-alerting/delivery.ts',
      before: "    case 'discord':\n",
      insert: "    case 'slack':\n      return { url: secret(slackWebhook(env)) }\n",
    },
    {
      file: 'generators/outputs/alertmanager/templates.ts',
      replace: "import { discord, telegram } from '../../messages/dialect.ts'",
      by: "import { discord, slack, telegram } from '../../messages/dialect.ts'",
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
    {
      file: 'test/outputs/alertmanager/alertmanager.test.ts',
      replace: "'alertmanager/templates/telegram.tmpl', 'alertmanager/templates/discord.tmpl'],",
      by: "'alertmanager/templates/telegram.tmpl', 'alertmanager/templates/slack.tmpl', 'alertmanager/templates/discord.tmpl'],",
    },
  ],
  tests: ['test/outputs/alertmanager/alertmanager.test.ts'],
  generated: {
    'out/mcbot/alertmanager/alertmanager.yml': /\/channels\/slack-paper[\s\S]+slack_configs:/,
    'out/mcbot/relay/relay.json': /"kind": "slack"/,
    'out/mcbot/relay/channels.ts': /'Slack'/,
    'out/mcbot/alertmanager/templates/slack.tmpl': /define "slack\.title"/,
    'out/mcbot/runbooks/BotDown.md': /Slack/,
  },
}
