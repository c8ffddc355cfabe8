import { type AttemptOutcome, attempt, secretIn } from './answer.ts'
import type { ChannelConfig } from './config.ts'
import type { Message } from './message.ts'

/** Delivers a message to a channel; `plain` without any markup, for a service that refused it with. */
export async function deliver(channel: ChannelConfig, message: Message, plain: boolean): Promise<AttemptOutcome> {
  switch (channel.kind) {
    case 'telegram': {
      const [token, chat] = await Promise.all([secretIn(channel.tokenFile), secretIn(channel.chatFile)])
      if (!('secret' in token)) return token
      if (!('secret' in chat)) return chat
      const text = plain ? { text: withoutHtml(message.text) } : { text: message.text, parse_mode: 'HTML' }
      const body = {
        chat_id: chat.secret,
        ...text,
        disable_notification: message.silent,
        link_preview_options: { is_disabled: true },
      }
      return attempt('Telegram', `${channel.api}/bot${token.secret}/sendMessage`, body, isBadText)
    }
    case 'discord': {
      const webhook = await secretIn(channel.webhookFile)
      if (!('secret' in webhook)) return webhook
      if (!URL.canParse(webhook.secret))
        return { kind: 'later', seconds: 30, reason: 'secret', why: `${channel.webhookFile} is not a URL` }
      const { title, text, status } = message
      const color = status === 'firing' ? 0x992d22 : 0x2ecc71
      const body = plain
        ? { content: `${title}\n${text}`.slice(0, 2000) }
        : { embeds: [{ title, description: text, color }] }
      return attempt(
        'Discord',
        webhook.secret,
        { ...body, allowed_mentions: { parse: [] } },
        // an invalid form, or nothing to show; any other 400 is about the webhook
        (status, _, code) => status === 400 && (code === 50_035 || code === 50_006),
      )
    }
  }
}

/** Whether all secrets of a channel are filled in. */
export async function isConfigured(channel: ChannelConfig): Promise<boolean> {
  const files = channel.kind === 'telegram' ? [channel.tokenFile, channel.chatFile] : [channel.webhookFile]
  const secrets = await Promise.all(files.map(secretIn))
  return secrets.every((one) => 'secret' in one)
}

/** Telegram answers 400 for a wrong chat, too, which a person can fix: anything else is about the message. */
const isBadText = (status: number, words: string): boolean =>
  status === 400 && !/chat|peer|user|rights|permission/i.test(words)

/** The text that a person reads in Telegram's HTML. */
const withoutHtml = (html: string): string =>
  html
    .replace(/<a href="([^"]*)">([^<]*)<\/a>/g, '$2: $1')
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&#34;|&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
