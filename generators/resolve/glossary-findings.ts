import type { Bot } from '../../definitions/language/bot.ts'
import { type Defect, defect } from '../../definitions/language/defect.ts'
import { stepText } from '../text/step.ts'

/** Terms of the glossary that no text in the docs of the bot uses: nobody would look them up. */
export function unusedTerms(bot: Bot): readonly Defect[] {
  const terms = Object.entries(bot.glossary)
  if (terms.length === 0) return []
  const words = textsOf(bot).join('\n')
  return terms
    .filter(([name, { also = [] }]) => ![name, ...also].some((word) => uses(words, word)))
    .map(([name]) =>
      defect(
        'term-unused',
        `its glossary explains ${name}, which no metric, alert or panel mentions`,
        "remove the term, or list the words that the texts use for it in 'also'",
      ),
    )
}

const uses = (words: string, word: string): boolean =>
  new RegExp(`\\b${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?:s|es)?\\b`, 'i').test(words)

/** The texts of the docs that come from definitions, and the words of their columns. */
const textsOf = ({ metrics, alerts, dashboards }: Bot): readonly string[] => [
  'series',
  ...Object.values(metrics).flatMap(({ name, help, kind }) => [name.replaceAll('_', ' '), help, kind]),
  ...alerts.flatMap(({ runbook, summary }) => [
    runbook.cause,
    ...runbook.steps.map((step) => stepText(step, { boardOf: () => null })),
    ...summary.text.filter((part) => typeof part === 'string'),
  ]),
  ...Object.values(dashboards).flatMap((board) => [
    board.title,
    ...Object.values(board.panels).flatMap(({ title, description }) => [title, description]),
  ]),
]
