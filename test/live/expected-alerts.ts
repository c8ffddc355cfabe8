import assert from 'node:assert/strict'
import type { Bot } from '../../definitions/language/bot.ts'
import type { Tell } from '../../definitions/language/stack.ts'
import type { FaultName } from '../../demo/mcbot/faults/list.ts'
import type { Phone, PhoneMessage } from '../../demo/stage/phone.ts'
import { readTelegramHtml } from '../../demo/stage/telegram-html.ts'
import { longestMessage } from '../../generators/messages/message.ts'

/** A bot whose alerts all notify on Telegram and Discord, with short cooldowns so that RESOLVED follows soon. */
export function expectedEverywhere(bot: Bot): Bot {
  const everywhere = ['telegram', 'discord'] as const
  const tell: Tell = { critical: everywhere, warning: everywhere, info: everywhere }
  return {
    ...bot,
    alerts: bot.alerts.map((alert) => ({ ...alert, cooldown: '2m' })),
    environments: Object.fromEntries(Object.keys(bot.environments).map((env) => [env, { tell }])),
  }
}

/** An alert that a fault trips, and its message on Telegram as it fires; a number that differs from run to run is N there. */
interface ExpectedAlert {
  readonly fault: FaultName
  readonly alert: string
  readonly severity: 'critical' | 'warning'
  readonly says: string
  /** What its RESOLVED message says. */
  readonly over?: string
  readonly steps: readonly string[]
}

const flatten =
  'To flatten N positions (N USDT gross) without the bot: stop it, then close all positions and cancel all open orders in the futures account at Binance: https://www.binance.com/en/futures/BTCUSDT'

/** The alerts that the faults of the live test trip; the first resolves within its cooldown. */
export const expectedAlerts: readonly [ExpectedAlert, ...ExpectedAlert[]] = [
  {
    fault: 'trading-mode',
    alert: 'TradingModeMismatch',
    severity: 'critical',
    says: 'the bot reports trading mode live but is monitored as paper',
    over: 'the bot no longer reports trading mode live while it is monitored as paper',
    steps: [
      'If it trades live and should not, stop it.',
      flatten,
      'Check BOT_ENV in .env and the trading mode in the bot’s configuration — which one is wrong?',
    ],
  },
  {
    fault: 'api-unhealthy',
    alert: 'APIUnhealthy',
    severity: 'critical',
    says: 'N exchange API calls failed in a row, limit 5',
    steps: [flatten, 'Check the Binance status page — is it maintenance?'],
  },
  {
    fault: 'rate-limit',
    alert: 'RateLimitNear',
    severity: 'warning',
    says: '97 % of the exchange&#39;s rate limit is used (alert above 80 %)',
    steps: ['Look at Rate limit (Exchange Health) — a peak, or constant?'],
  },
  {
    fault: 'high-drawdown',
    alert: 'HighDrawdown',
    severity: 'warning',
    says: 'the portfolio is N % below its peak, limit 10 %',
    steps: [
      'If it must stop at once, type <code>/kill</code> in the bot’s Discord channel: it closes all positions, as a last resort.',
      flatten,
      'Look at Unrealized PnL by symbol (Trading Overview) — one position, or all of them with the market?',
    ],
  },
]

/** The whole FIRING message of an alert. */
export const firingMessage = ({ alert, severity, says, steps }: ExpectedAlert): string =>
  `${severity === 'critical' ? '🔴' : '🟠'} <b>${says}</b>
FIRING ${severity} · ${alert} · mcbot · paper · paper-1
since TIME

<b>Next steps</b>
${steps.map((step, i) => `${i + 1}. ${step}`).join('\n')}`

/** The whole RESOLVED message of a critical alert. */
export const resolvedMessage = ({ alert, over }: ExpectedAlert): string =>
  `✅ <b>${over}</b>
RESOLVED critical · ${alert} · mcbot · paper · paper-1
after TIME`

type MessageStatus = 'FIRING' | 'RESOLVED'

/** The next FIRING or RESOLVED message of an alert on a channel. */
export const messageOn = (
  phone: Phone,
  channel: PhoneMessage['channel'],
  alert: string,
  state: MessageStatus,
  within: number,
): Promise<PhoneMessage> =>
  phone.waitFor(
    (message) => message.channel === channel && heading(message).includes(state) && heading(message).includes(alert),
    `${alert} is ${state} on ${channel}`,
    within,
  )

/** The line that says which alert it is. */
const heading = ({ text }: PhoneMessage) => text.split('\n')[1] ?? ''

/** Its message on Telegram, without what differs from run to run; fails if it is too long or Telegram could not parse it. */
export async function onTelegram(phone: Phone, alert: string, state: MessageStatus, within: number): Promise<string> {
  const { text } = await messageOn(phone, 'telegram', alert, state, within)
  assert.ok(text.length <= longestMessage, `${alert}: a message of ${text.length} characters`)
  const read = readTelegramHtml(text)
  assert.ok('text' in read, `${alert}: ${JSON.stringify(read)}`)
  return text
    .replace(/^since \d+ \w{3} \d\d:\d\d UTC$/m, 'since TIME')
    .replace(/^after (\d+m )?\d+s$/m, 'after TIME')
    .replace(/\d+ exchange API calls/, 'N exchange API calls')
    .replace(/To flatten \d+ positions \(\d+\.\d\d USDT gross\)/, 'To flatten N positions (N USDT gross)')
    .replace(/1[45](\.\d+)? % below/, 'N % below')
}
