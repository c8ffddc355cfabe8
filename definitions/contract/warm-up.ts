import { type AnyAlert, alert, alerts } from '../language/alert.ts'
import { max_over_time, sum_over_time } from '../language/query/window.ts'
import { act, check, decide, look, note } from '../language/runbook.ts'
import { text } from '../language/text.ts'
import { flag } from '../language/unit.ts'
import type { ContractPanels } from './dashboard.ts'
import type { ContractLimits, ContractSeries } from './series.ts'

/** The quiet while a bot warms up, and the alert for a bot that is not ready in time. */
export function warmUpAlerts(
  of: ContractSeries,
  panels: ContractPanels,
  limits: ContractLimits,
): Readonly<Record<string, AnyAlert>> {
  const { WarmingUp, WarmUpTooLong } = alerts({
    WarmingUp: alert({
      // What fired meanwhile keeps firing for three minutes, and some things begin only when the bot is ready.
      when: max_over_time(of.contract_warming_up.over('4m'))
        .eq(flag(1))
        .unless(of.contract_warm_up_overdue.eq(flag(1)))
        // a bot that starts again and again must not be quiet forever
        .and(sum_over_time(of.contract_warming_up.over('1h')).lte(flag(limits.warmUpSamples))),
      keepFiringFor: '0s',
      severity: 'info',
      summary: (l) => text`${l.instance} warms up: the alerts on its own figures are held back`,
      runbook: {
        cause:
          'The bot has started and is not ready yet: it loads history, connects, and has no figures of its own. It says so itself, for at most the limit that it has set.',
        steps: [
          look(panels.warmUp, 'since when, and does it end?'),
          decide('Nothing to do, as long as it ends. What is wrong at the end of it is sent then.'),
        ],
      },
    }),
    WarmUpTooLong: alert({
      when: of.contract_warm_up_overdue.eq(flag(1)),
      // it may hold positions from before its start
      severity: 'critical',
      summary: (l) => text`${l.instance} is not ready, although the limit of its warm-up has passed`,
      resolved: (l) => text`${l.instance} has warmed up and is ready`,
      runbook: {
        cause:
          'The bot has said that it warms up, and has not said in time that it is ready. It probably does not trade, and nothing manages the positions that it held before. Its alerts are no longer held back.',
        steps: [
          act(
            'Close or protect at the exchange what must not be left unattended: the bot does not, until it is ready.',
          ),
          check('positions and open orders at the exchange', 'does each position have its stop?'),
          check('the bot’s log with `docker compose logs --tail 200`', 'what is it waiting for?'),
          look(panels.warmUp, 'since which start?'),
          decide(
            note`${of.contract_warm_up_overdue} returns to 0 when the bot is ready. If it always takes this long, raise the limit in the bot.`,
          ),
        ],
      },
    }),
  })
  return { WarmingUp: Object.freeze({ ...WarmingUp, of: 'quiet' as const }), WarmUpTooLong }
}
