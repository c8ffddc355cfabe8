import { scrape } from '../exporters/scrape.ts'
import {
  type AnyPanel,
  act,
  alert,
  alerts,
  check,
  type Deviation,
  decide,
  increase,
  look,
  run,
  type Step,
  series,
  sum,
  text,
} from '../language/index.ts'
import { flag, watchdogMetrics } from '../language/metrics.ts'

const { up } = series(scrape)
const watchdog = series(watchdogMetrics)

/** What the alerts on the watchdog of a bot say. */
interface WatchedProcess {
  /** The bot’s name, which is also the name of its service. */
  readonly bot: string
  /** How long its main loop may be silent, in words. */
  readonly silent: string
  readonly flatten: Step
  readonly panels: {
    readonly restarts: AnyPanel
    readonly restartsLeft: AnyPanel
    readonly differences: AnyPanel
    readonly all: AnyPanel
    readonly attention: AnyPanel
  }
  readonly deviates: { readonly down: Deviation; readonly restarted: Deviation; readonly noneLeft: Deviation }
}

/** The watchdog of a bot: what it did, and whether it can still do it. */
export const restartsOf = ({ bot, silent, flatten, panels, deviates }: WatchedProcess) => {
  const job = `${bot}-watchdog`
  return alerts({
    WatchdogDown: alert({
      when: up.where({ job }).eq(flag(0)),
      for: '2m',
      severity: 'critical',
      summary: 'the watchdog is not answering scrapes: if the bot stops, it may stay down',
      resolved: 'the watchdog answers scrapes again',
      runbook: {
        cause:
          'The watchdog has exited or hangs: if the bot stops now, nothing restarts it. It exits by itself when it has given up, which BotGivenUp says.',
        steps: [
          check(
            'positions and open orders at the exchange before you start anything',
            'what must not be left unattended?',
          ),
          check(`bot and watchdog with \`systemctl status ${bot}\``, 'did it give up, or was it stopped?'),
          check(`its output with \`journalctl -u ${bot} -n 50\``, 'why did it end?'),
          run(`systemctl start ${bot}`, 'starts watchdog and bot, if neither runs'),
        ],
      },
      deviates: deviates.down,
    }),
    BotRestarted: alert({
      // it ends soon, so that the next restart is notified again
      when: sum(increase(watchdog.restarts_total, '2m')).by('reason').gt(0),
      keepFiringFor: '0s',
      severity: 'warning',
      cooldown: '1m',
      event: true,
      thresholdIn: [panels.restarts],
      summary: (l) => text`the watchdog restarted the bot, reason: ${l.reason}`,
      runbook: {
        cause: `The watchdog restarted the bot: its process had exited (ended), or its main loop had sent no heartbeat for ${silent} (silent). Restarts within two minutes of each other are sent as one message.`,
        steps: [
          check('positions and open orders at the exchange', 'do they match what the bot reports?'),
          look(panels.differences, 'do the books agree with the exchange after the restart?'),
          look(panels.all, 'what were the last lines before the restart?'),
          look(panels.restartsLeft, 'how often will it still be restarted?'),
        ],
      },
      deviates: deviates.restarted,
    }),
    NoRestartLeft: alert({
      when: watchdog.restarts_left.lt(1),
      severity: 'critical',
      thresholdIn: [panels.restartsLeft],
      summary: 'the bot has no restarts left: if it fails again, it stays down',
      resolved: 'the bot has been healthy long enough to have its restarts back',
      runbook: {
        cause:
          'All restarts are used up, and the bot has not been healthy for ten minutes since the last one. If it fails again, the watchdog posts BotGivenUp and ends.',
        steps: [
          act('Fix what makes it fail: another restart will not.'),
          flatten,
          look(panels.attention, 'which error comes before each restart?'),
          decide('Be ready to manage its positions at the exchange yourself.'),
        ],
      },
      deviates: deviates.noneLeft,
    }),
  })
}
