import { selectors } from '../../../definitions/language/node.ts'
import type { AlertRule, Rule } from '../../model/model.ts'
import { print } from '../../promql/print.ts'
import { conditionText } from '../../text/condition.ts'
import { durationWords, every } from '../../text/duration-words.ts'
import { inLines } from '../../text/expression.ts'
import { listText } from '../../text/list-text.ts'
import { code, codeBlock } from '../../text/markdown.ts'
import type { Facts } from './facts.ts'
import { runbookWords } from './runbook-words.ts'

/** When an alert fires: in words, with its hold, and as PromQL together with the recording rules that it uses. */
export function firingText({ model, records }: Facts, alert: AlertRule): readonly string[] {
  const asked = new Set(alert.rules.flatMap((rule) => selectors(rule.expr)).map((selector) => selector.name))
  const evaluated = every(model.bot.stack.evaluate)
  return [
    ...whenOf(alert, evaluated),
    ...alert.rules.flatMap((rule) => [introOf(rule), codeBlock(inLines(print(rule.expr)), 'promql')]),
    ...[...asked]
      .flatMap((name) => records.get(name) ?? [])
      .flatMap((record) => [
        runbookWords.recorded(code(record.name), every(record.every ?? model.bot.stack.evaluate)),
        codeBlock(inLines(print(record.expr)), 'promql'),
      ]),
  ]
}

function whenOf(alert: AlertRule, evaluated: string): readonly string[] {
  switch (alert.of.of) {
    case 'watchdog':
      return [runbookWords.firesAlways]
    case 'posted':
      return [fires(alert), runbookWords.posted]
    case 'condition':
    case 'quiet':
    case 'absence':
    case 'logs':
      return [`${fires(alert)} ${holding(alert, evaluated)}`]
  }
}

function fires({ of }: AlertRule): string {
  const { words: condition, each } = conditionText(of)
  return runbookWords.firesWhen(condition, listText(each.map(code)))
}

const introOf = (rule: Rule) => (rule.env === null ? runbookWords.inRule : runbookWords.whereItRuns(code(rule.env)))

function holding({ hold, rules }: AlertRule, evaluated: string): string {
  if (hold === null) return runbookWords.atOnce(evaluated)
  const time = durationWords(hold)
  return rules.every((rule) => rule.for === null) ? runbookWords.heldInside(time) : runbookWords.holds(time)
}
