import type { Proofs } from '../case.ts'
import { target } from './target.ts'

const job = 'tradingbot-watchdog'
const of = (name: string, labels = '', env = 'paper') =>
  `${name}{job="${job}", env="${env}"${labels === '' ? '' : `, ${labels}`}}`
const restarts = (reason: string) => of('botwatch_watchdog_restarts_total', `reason="${reason}"`)
const labels = { ...target, job, severity: 'critical' }
const event = { bot: target.bot, env: target.env, severity: 'warning' }
const left = of('botwatch_watchdog_restarts_left')

/** The watchdog of the process. */
export const restartProofs: Proofs = {
  WatchdogDown: {
    fires: {
      'it ends, for two minutes and not before': {
        given: { [of('up')]: '1x7 0x31 1x19' },
        from: '4m',
        to: '13m',
        labels,
        says: 'the watchdog is not answering scrapes: if the bot stops, it may stay down',
      },
      'it never started': {
        given: { [of('up')]: '0x39 1x19' },
        from: '2m',
        to: '13m',
        labels,
        says: 'the watchdog is not answering scrapes: if the bot stops, it may stay down',
      },
    },
    silent: {
      'for less than two minutes': { [of('up')]: '1x7 0x7 1x40' },
      'the bot itself is down': { up: '1x7 0x40' },
    },
    healthy: { [of('up')]: '1x60' },
  },
  BotRestarted: {
    fires: {
      'the process ended': {
        given: { [restarts('ended')]: '0x7 1x40', [restarts('silent')]: '0x47' },
        from: '2m',
        to: '3m45s',
        labels: { ...event, reason: 'ended' },
        says: 'the watchdog restarted the bot, reason: ended',
      },
      'the main loop was silent': {
        given: { [restarts('silent')]: '0x7 1x40' },
        from: '2m',
        to: '3m45s',
        labels: { ...event, reason: 'silent' },
        says: 'the watchdog restarted the bot, reason: silent',
      },
    },
    silent: { 'a long time ago': { [restarts('ended')]: '2x60' } },
    healthy: { [restarts('ended')]: '0x60', [restarts('silent')]: '0x60' },
  },
  NoRestartLeft: {
    fires: {
      'the last restart is used up': {
        given: { [left]: '3x3 1x3 0x31 3x19' },
        from: '2m',
        to: '13m',
        labels,
        says: 'the bot has no restarts left: if it fails again, it stays down',
      },
    },
    silent: { 'one restart is left': { [left]: '3x7 1x50' } },
    healthy: { [left]: '3x60' },
  },
}
