import type { Bot } from '../../definitions/language/bot.ts'
import type { Finding } from '../model/finding.ts'
import type { Model } from '../model/model.ts'

/** The model so far; each pass adds its part. */
export type ModelDraft = Omit<Model, 'bot'>

/** A bot and its model after a pass, and what the pass found wrong. */
interface Resolving {
  readonly bot: Bot
  readonly draft: ModelDraft
  readonly findings: readonly Finding[]
}

/** One step from a bot to its model; it never throws because of a defect in a definition. */
export type Pass = (bot: Bot, draft: ModelDraft) => Resolving
