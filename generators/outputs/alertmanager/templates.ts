import type { Files, Model } from '../../model/model.ts'
import { generated } from '../../text/header.ts'
import { discord, telegram } from './dialect.ts'
import { body, heading } from './message.ts'

/** alertmanager/templates/: the messages on each channel; none of Alertmanager's default templates is used. */
export const templates = (model: Model): Files =>
  new Map([
    [
      'alertmanager/templates/telegram.tmpl',
      file(define('telegram', [...heading(telegram), '{{ "\\n" }}', ...body(telegram, model)])),
    ],
    [
      'alertmanager/templates/discord.tmpl',
      file(define('discord.title', heading(discord)), define('discord.message', body(discord, model))),
    ],
  ])

const file = (...defined: readonly string[]) => [`{{/* ${generated} */}}\n`, ...defined].join('\n')

/** Each line prints its own content; the comment at its end keeps the line break out of the message. */
const define = (name: string, lines: readonly string[]) =>
  [`{{ define "${name}" }}`, ...lines, '{{ end }}\n'].join('{{/**/ -}}\n')
