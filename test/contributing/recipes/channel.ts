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
  ],
  generated: { 'out/mcbot/alertmanager/alertmanager.yml': /slack_configs:/ },
}
