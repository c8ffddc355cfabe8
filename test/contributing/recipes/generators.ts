import type { Recipes } from '../recipe.ts'
import { channel } from './channel.ts'
import { panelKind } from './panel-kind.ts'

/** Rows about what botwatch itself can do. */
export const generatorRecipes: Recipes = {
  'an output': {
    edits: [
      { file: 'definitions/language/output.ts', before: "  | 'python'\n", insert: "  | 'inventory'\n" },
      { file: 'definitions/language/output.ts', before: "  'python',\n", insert: "  'inventory',\n" },
      {
        file: 'generators/outputs/inventory/inventory.ts',
        create: `import type { Files, Model } from '../../model/model.ts'

/** inventory.txt: the names of all alerts, one per line. */
export const inventory = ({ alerts }: Model): Files =>
  new Map([['inventory.txt', alerts.map(({ name }) => \`\${name}\\n\`).join('')]])
`,
      },
      {
        file: 'generators/outputs/outputs.ts',
        before: '  python: [',
        insert: "  inventory: [async () => (await import('./inventory/inventory.ts')).inventory],\n",
      },
    ],
    generated: { 'out/mcbot/inventory.txt': /^BotDown$/m },
  },
  'a check': {
    edits: [
      {
        file: 'generators/checks/panels/panel-without-title.ts',
        create: `import { botCheck } from '../check.ts'
import { panelSubject } from '../subjects.ts'

/** A panel without a title: a message cannot say which one to look at. */
export const panelWithoutTitle = botCheck({
  code: 'BW708',
  name: 'panel-without-title',
  severity: 'warning',
  finds: 'A panel has no title',
  look: ({ panels }) =>
    panels
      .filter(({ panel }) => panel.title === '' && panel.draws !== 'text')
      .map(({ panel }) => ({
        subject: panelSubject(panel),
        message: 'it has no title: nothing can refer to it',
        fix: 'give it a title',
      })),
})
`,
      },
      {
        file: 'generators/checks/index.ts',
        before: "import { twoUnits } from './panels/two-units.ts'\n",
        insert: "import { panelWithoutTitle } from './panels/panel-without-title.ts'\n",
      },
      {
        file: 'generators/checks/index.ts',
        replace: 'legendLabel, variableLabel, emptyUnexplained]',
        by: 'legendLabel, variableLabel, emptyUnexplained, panelWithoutTitle]',
      },
      {
        file: 'test/checks/codes.txt',
        replace: 'BW003 evaluation-fails\n',
        by: 'BW003 evaluation-fails\nBW708 panel-without-title\n',
      },
      {
        file: 'docs/checks/BW708-panel-without-title.md',
        create: `# BW708 panel-without-title

A panel has no title. (warning)

## Bad

\`\`\`ts bad
const board = dashboard({ title: 'Odd', panels: { odd: stat({ title: '', show: ex.equity }) } })
exampleBot({ dashboards: { odd: board } })
\`\`\`

What botwatch reports:

\`\`\`text
warning: BW708 panel-without-title
  panel Odd/: it has no title: nothing can refer to it
  give it a title
\`\`\`

## Good

\`\`\`ts good
const board = dashboard({ title: 'Fine', panels: { fine: stat({ title: 'Equity', show: ex.equity }) } })
exampleBot({ dashboards: { fine: board } })
\`\`\`
`,
      },
      {
        file: 'docs/checks/README.md',
        before: '| [BW801]',
        insert:
          '| [BW708](./BW708-panel-without-title.md)        | A panel has no title                                                                                       | warning  |\n',
      },
    ],
    generated: {},
    tests: ['test/checks/codes.test.ts', 'test/checks/pages.test.ts', 'test/invariants/exported-names.test.ts'],
  },
  'a command': {
    edits: [
      {
        file: 'generators/commands/node.ts',
        create: `import { command } from '../command-line/command.ts'
import { success } from '../command-line/result.ts'

/** \`botwatch node\`: prints the version of Node that runs it. */
export const nodeCommand = command({
  parameters: {},
  run: async (_given, streams) => {
    streams.out(\`\${process.version}\\n\`)
    return success
  },
})
`,
      },
      {
        file: 'generators/commands/table.ts',
        before: '  watchdog: {\n',
        insert: `  node: {
    does: 'print the version of Node',
    load: async () => (await import('./node.ts')).nodeCommand,
  },
`,
      },
      {
        file: 'test/commands/help/node.txt',
        create:
          'botwatch node: print the version of Node\n\nusage: botwatch node [options]\n\n  -h, --help  print this help\n',
      },
      {
        file: 'test/commands/help/botwatch.txt',
        before: '  watchdog    ',
        insert: '  node        print the version of Node\n',
      },
    ],
    generated: {},
    tests: ['test/commands/cli.test.ts', 'test/commands/options.test.ts'],
    only: [
      'botwatch --help fits on one screen',
      'botwatch node --help explains its options',
      'each expected help is that of a command',
      'botwatch node reads each of its options',
      'each call that a page shows is accepted',
    ],
  },
  'an option': {
    edits: [
      {
        file: 'generators/commands/preview.ts',
        before: "  port: option(wholeNumber('PORT'",
        insert: "  quiet: flagOption('print no address'),\n",
      },
      {
        file: 'generators/commands/preview.ts',
        replace: '    streams.out(',
        by: '    if (!given.quiet) streams.out(',
      },
      {
        file: 'generators/commands/preview.ts',
        replace: 'import { option, type',
        by: 'import { flagOption, option, type',
      },
      {
        file: 'test/commands/help/preview.txt',
        before: '  --port PORT ',
        insert: '  --quiet           print no address\n',
      },
      {
        file: 'docs/preview.md',
        replace: 'on a free port or `--port`;',
        by: 'on a free port or `--port`; `--quiet` prints no address;',
      },
    ],
    generated: {},
    tests: ['test/commands/cli.test.ts', 'test/commands/options.test.ts'],
    only: ['botwatch preview --help explains', 'botwatch preview reads each', 'names each option of botwatch preview'],
  },
  'a panel kind': panelKind,
  'a channel': channel,
}
