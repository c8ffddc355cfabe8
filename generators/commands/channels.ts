import type { Channel } from '../../definitions/language/stack.ts'
import { readSecret, type SecretFile } from './prepare.ts'

/** The base URL of Telegram's Bot API; a stand-in has another. */
export interface ChannelEndpoints {
  readonly telegram: string
}
export const publicEndpoints: ChannelEndpoints = Object.freeze({ telegram: 'https://api.telegram.org' })

/** A channel of an environment with the files of its secrets. */
interface ChannelFiles {
  readonly channel: Channel
  readonly files: readonly SecretFile[]
}

/**
 * What is wrong with a channel according to the channel itself, in one sentence without any secret; null if all is well.
 * `send` also sends it a message, which shows what a query does not: rate limits and missing permissions.
 */
export async function channelProblem(
  { channel, files }: ChannelFiles,
  endpoints: ChannelEndpoints,
  send: string | null,
): Promise<string | null> {
  const empty = files.filter((file) => file.isEmpty)
  if (empty.length > 0) return empty.map(({ what, path }) => `not configured: put ${what} in ${path}.`).join(' ')
  switch (channel) {
    case 'telegram':
      return telegramProblem(files, endpoints.telegram, send)
    case 'discord':
      return discordProblem(files, send)
  }
}

async function telegramProblem(
  files: readonly SecretFile[],
  base: string,
  send: string | null,
): Promise<string | null> {
  const [tokenFile, chatFile] = [
    files.find((f) => f.name.endsWith('token')),
    files.find((f) => !f.name.endsWith('token')),
  ]
  if (tokenFile === undefined || chatFile === undefined)
    return 'this is a bug in botwatch: Telegram does not have two secrets.'
  const [token, chat] = await Promise.all([readSecret(tokenFile.path), readSecret(chatFile.path)])
  const wrongToken = `the token in ${tokenFile.path} is wrong: Telegram does not recognise it. Get it from @BotFather.`
  const wrongChat = `the chat in ${chatFile.path} is wrong: Telegram's bot cannot see it. Send the bot a message or add it to the group, then check the id again.`
  if (!/^\d+:[\w-]+$/.test(token)) return wrongToken
  if (!/^-?\d+$/.test(chat))
    return `the chat in ${chatFile.path} is not a number: Alertmanager accepts only the numeric id of a chat, such as -1001234567890.`

  const ask = (method: string, body: object) => asked(`${base}/bot${token}/${method}`, body)
  const me = await ask('getMe', {})
  if (me.status === 401 || me.status === 404) return wrongToken
  const found = me.status === 200 ? await ask('getChat', { chat_id: chat }) : me
  if (found.status === 400) return wrongChat
  const last = found.status === 200 && send !== null ? await ask('sendMessage', { chat_id: chat, text: send }) : found
  if (last.status === 403)
    return `Telegram's bot may not write to the chat in ${chatFile.path}: it was blocked or removed, or the chat was never started.`
  return otherProblem('Telegram', last, chatFile.path)
}

async function discordProblem([file]: readonly SecretFile[], send: string | null): Promise<string | null> {
  if (file === undefined) return 'this is a bug in botwatch: Discord has no secret.'
  const url = await readSecret(file.path)
  if (!URL.canParse(url) || !/^https?:/.test(url))
    return `the webhook in ${file.path} is not a URL: copy all of it from the channel's settings, Integrations, Webhooks.`
  const hook = await asked(url, null)
  const last = hook.status === 200 && send !== null ? await asked(url, { content: send }) : hook
  if (last.status === 401 || last.status === 403 || last.status === 404 || last.status === 405)
    return `the webhook in ${file.path} is wrong or was deleted. Copy it again from the channel's settings.`
  return otherProblem('Discord', last, file.path)
}

interface Answer {
  /** 0 if there was no answer. */
  readonly status: number
  /** Seconds until a retry may succeed. */
  readonly retryAfter: number | null
  /** Its own words, or why there was no answer. */
  readonly said: string
}

function otherProblem(title: string, { status, retryAfter, said }: Answer, path: string): string | null {
  if (status >= 200 && status < 300) return null
  if (status === 429)
    return `${title} is rate limiting and accepts no messages for ${retryAfter === null ? 'a while' : `${Math.ceil(retryAfter)} s`}, with the secret in ${path}: '${said}'. Wait, then try again.`
  if (status === 0) return `${title} cannot be reached from this machine (${said}), with the secret in ${path}.`
  return `${title} answered ${status} with the secret in ${path}: '${said}'.`
}

/** Sends a POST with a body or a GET without; errors become answers, so that no URL with a secret gets into a message. */
async function asked(url: string, body: object | null): Promise<Answer> {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  try {
    const response = await fetch(url, { ...(body === null ? {} : post), signal: AbortSignal.timeout(10_000) })
    const text = await response.text()
    const { description, message, retry_after, parameters } = objectOf(text)
    const wait = Number(
      retry_after ?? objectOf(parameters)['retry_after'] ?? response.headers.get('retry-after') ?? Number.NaN,
    )
    return {
      status: response.status,
      retryAfter: Number.isFinite(wait) ? wait : null,
      said: String(description ?? message ?? response.statusText),
    }
  } catch (error) {
    const { cause, name } = error as Error
    return { status: 0, retryAfter: null, said: String((cause as { code?: unknown } | undefined)?.code ?? name) }
  }
}

function objectOf(of: unknown): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = typeof of === 'string' ? JSON.parse(of) : of
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
