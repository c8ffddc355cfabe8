import { define } from '../../messages/define.ts'
import { discord, telegram } from '../../messages/dialect.ts'
import { messageBody, messageHeading } from '../../messages/message.ts'
import type { Files, Model } from '../../model/model.ts'
import { generatedNotice } from '../../text/header.ts'

/** alertmanager/templates/: the messages on each channel; none of Alertmanager's default templates is used. */
export const templates = (model: Model): Files =>
  new Map([
    [
      'alertmanager/templates/telegram.tmpl',
      file(define('telegram', [...messageHeading(telegram), '{{ "\\n" }}', ...messageBody(telegram, model)])),
    ],
    [
      'alertmanager/templates/discord.tmpl',
      file(define('discord.title', messageHeading(discord)), define('discord.message', messageBody(discord, model))),
    ],
  ])

const file = (...defined: readonly string[]) => [`{{/* ${generatedNotice} */}}\n`, ...defined].join('\n')
