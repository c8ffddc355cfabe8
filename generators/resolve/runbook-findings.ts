import type { AnyAlert } from '../../definitions/language/alert.ts'
import { type Defect, defect } from '../../definitions/language/defect.ts'
import { seriesNames } from '../../definitions/language/family.ts'
import type { AnyPanel } from '../../definitions/language/panel.ts'
import { type Note, notesOf, type Step } from '../../definitions/language/runbook.ts'
import { type KnownNames, unknownProseNames } from './known-names.ts'

/** What runbooks may refer to. */
export interface OwnNodes {
  readonly alerts: ReadonlySet<AnyAlert>
  readonly panels: ReadonlySet<AnyPanel>
  /** In small letters. */
  readonly titles: ReadonlySet<string>
}

/** What is wrong with the runbook of an alert: panels and metrics that the bot does not have, by value or in words, and steps of the wrong kind. */
export function runbookDefects(
  { runbook }: AnyAlert,
  known: KnownNames,
  { panels, titles }: Pick<OwnNodes, 'panels' | 'titles'>,
): Defect[] {
  return [
    ...runbook.steps.flatMap((step) => [
      ...stepDefects(step, panels),
      ...notesOf(step).flatMap((note) => unknownMetrics(note, known)),
      ...unknownProseNames(known, wordsOf(step)),
      ...unknownTicks(known, wordsOf(step)),
      ...panelsInWords(titles, wordsOf(step)),
    ]),
    ...unknownProseNames(known, runbook.cause),
  ]
}

function stepDefects(step: Step, panels: ReadonlySet<AnyPanel>): readonly Defect[] {
  switch (step.kind) {
    case 'look':
      return panels.has(step.panel)
        ? []
        : [
            defect(
              'runbook-panel',
              `its runbook looks at ${step.panel.title}, which is not on a dashboard of this bot`,
              'refer to a panel of one of its dashboards',
            ),
          ]
    case 'act':
    case 'decide':
      return [
        ...(/^(?:look at|check) /i.test(wordsOf(step))
          ? [
              defect(
                'runbook-step',
                `its runbook has “${wordsOf(step)}” as a step to ${step.kind === 'act' ? 'act' : 'decide'}, but it only looks at something`,
                'write it as look(panel), or as check(…) if no panel shows it',
              ),
            ]
          : []),
      ]
    case 'run':
      return reading.test(step.command)
        ? [
            defect(
              'runbook-step',
              `its runbook has “${step.command}” as a command to run now, but it only looks at something`,
              'write it as check(…), with the command between backticks',
            ),
          ]
        : []
    case 'check':
      return []
  }
}

/** Commands that change nothing: nobody needs them before the acts that help. */
const reading =
  /^(?:docker compose (?:logs|ps)|docker (?:logs|ps|stats|system df)|systemctl status|journalctl|df|du|ls|cat|tail|grep)(?: |$)/

/** Metrics of a sentence, by value, that the bot does not have. */
const unknownMetrics = ({ parts }: Note, { names }: KnownNames): readonly Defect[] =>
  parts.flatMap((part) =>
    typeof part === 'string' || !('metric' in part) || seriesNames(part.metric).some((name) => names.has(name))
      ? []
      : [
          defect(
            'runbook-metric',
            `its runbook names ${part.metric.name}, which neither this bot nor its exporters expose`,
            'refer to a metric of the bot',
          ),
        ],
  )

/** The words of a step that are not there by value. */
const wordsOf = (step: Step): string =>
  [...(step.kind === 'run' ? [step.command] : []), ...notesOf(step).map(plainWords)].join(' ').trim()

const plainWords = ({ parts }: Note): string => parts.filter((part) => typeof part === 'string').join(' ')

/** Names between backticks that can only be those of a metric. */
const unknownTicks = ({ names, prefix }: KnownNames, words: string): readonly Defect[] =>
  [...words.matchAll(/`([a-z]\w*_(?:total|seconds|bytes|pct|ratio|usdt|usd|krw|bps|timestamp|bucket|count))`/g)]
    .map(([, name = '']) => name)
    .filter((name) => !names.has(name) && !name.startsWith(`${prefix}_`))
    .map((name) =>
      defect(
        'runbook-metric',
        `its runbook mentions \`${name}\`, which nothing exposes`,
        names.has(`${prefix}_${name}`)
          ? `the metric is ${prefix}_${name}: insert it by value, with note`
          : 'insert the metric into a note by value, so that a rename follows',
      ),
    )

/** A panel that is named in words does not follow a rename, and may not exist. */
const panelsInWords = (titles: ReadonlySet<string>, words: string): readonly Defect[] =>
  [...words.matchAll(/panel [“"]([^”"]+)[”"]|[“"]([^”"]+)[”"] panel|the ([A-Z]\w*(?: [\w-]+){0,4}) panel\b/g)]
    .map(([, after, before, bare]) => after ?? before ?? bare ?? '')
    .map((title) =>
      defect(
        'runbook-panel',
        `its runbook names the panel “${title}” in words${titles.has(title.toLowerCase()) ? '' : ', and no dashboard of this bot has one of that name'}`,
        'write look(panel), which refers to it by value',
      ),
    )
