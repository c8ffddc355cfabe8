import type { Budget } from '../../../definitions/language/scenario.ts'
import type { Model } from '../../model/model.ts'
import { countText } from '../../text/count-text.ts'
import { durationWords } from '../../text/duration-words.ts'
import { listText } from '../../text/list-text.ts'
import { heading, markdownTable, page, prose } from '../../text/markdown.ts'
import { toRunbook } from './links.ts'

/** docs/scenarios.md: what happens to a bot in operation, and how many messages it may send. */
export function scenariosPage({ bot }: Model): string {
  const scenarios = Object.values(bot.scenarios)
  return page([
    heading(1, `Message budgets of ${prose(bot.title)}`),
    `${countText(scenarios.length, 'scenario')}. A test plays each in simulated time, with events as fast as in operation, through the rules and routes of this folder, and fails if a channel gets more messages than its budget allows. FIRING and RESOLVED are a message each.`,
    markdownTable(
      ['Scenario', 'What happens', 'Lasts', 'Most messages per channel', 'Critical', 'Required'],
      scenarios.map(({ title, happens, lasts, budget }) => [
        prose(title),
        prose(happens),
        durationWords(lasts),
        String(budget.messages),
        String(budget.critical ?? budget.messages),
        required(budget),
      ]),
    ),
  ])
}

function required({ first, reports }: Budget): string {
  return [
    ...(first === undefined
      ? []
      : [
          `The first message is about ${listText(first.of.map(toRunbook), 'or')} and comes within ${durationWords(first.within)} of its condition.`,
        ]),
    ...(reports === undefined
      ? []
      : [`Reported${reports.length > 1 ? ', in this order' : ''}: ${reports.map(toRunbook).join(', ')}.`]),
  ].join(' ')
}
