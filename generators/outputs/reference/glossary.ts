import type { Model } from '../../model/model.ts'
import { heading, link, markdownTable, page, prose } from '../../text/markdown.ts'

/** docs/glossary.md: the terms of the bot's trade. */
export const glossaryPage = ({ bot }: Model): string =>
  page([
    heading(1, `Glossary of ${prose(bot.title)}`),
    'Terms that the metrics, alerts and dashboards of the bot use.',
    markdownTable(
      ['Term', 'Meaning'],
      Object.entries(bot.glossary)
        .sort(([a], [b]) => a.localeCompare(b, 'en'))
        .map(([name, { means }]) => [prose(name), prose(means)]),
    ),
  ])

export const hasGlossary = ({ bot }: Model): boolean => Object.keys(bot.glossary).length > 0

/** A line that leads to the glossary; nothing for a bot without one. */
export const toGlossary = (model: Model): readonly string[] =>
  hasGlossary(model) ? [`Terms are explained in the ${link('glossary', 'glossary.md')}.`] : []
