import { alert, alerts } from '../language/alert.ts'
import { act, check, decide, look, run } from '../language/runbook.ts'
import { text } from '../language/text.ts'
import { flag } from '../language/unit.ts'
import type { ContractPanels } from './dashboard.ts'
import { type DueMetric, neverSetAlerts } from './never-set.ts'
import {
  type ContractLimits,
  type ContractSeries,
  failuresBefore,
  failuresIn5m,
  overflowBefore,
  overflowIn10m,
  refusedBefore,
  refusedIn10m,
} from './series.ts'
import { warmUpAlerts } from './warm-up.ts'

/** The alert for scrapes that Prometheus rejects: it leaves the bot unmonitored, and mutes the warning that comes before it. */
const refusal = (of: ContractSeries, panels: ContractPanels, limits: ContractLimits) =>
  alerts({
    ContractSampleLimitExceeded: alert({
      when: of.kept.gt(limits.samples),
      severity: 'critical',
      summary: (_, value) =>
        text`a scrape has ${value} samples, more than the limit of ${String(limits.samples)}, so Prometheus rejects all of it`,
      resolved: 'Prometheus accepts its scrapes again',
      runbook: {
        cause:
          'The bot exposes more than five times the samples that its contract allows. Prometheus rejects the whole scrape, so the bot is not monitored at all.',
        steps: [
          look(panels.samples, 'since when, and how fast does it grow?'),
          check(
            'its series with `curl -s localhost:8000/metrics | cut -d "{" -f 1 | sort | uniq -c | sort -n | tail`',
            'which metric has the most?',
          ),
          act('Note its open orders at the exchange, then restart the bot, which removes the extra series.'),
          act('Fix the metric: a label with a new value for every order or message does not belong in a metric.'),
        ],
      },
    }),
  })

/** Alerts on what Prometheus sees of the bot: how much it exposes, of which contract, and what is not in the contract. */
const scraped = (
  of: ContractSeries,
  panels: ContractPanels,
  limits: ContractLimits,
  { ContractSampleLimitExceeded }: ReturnType<typeof refusal>,
) =>
  alerts({
    ContractSampleLimitNear: alert({
      when: of.kept.gt(limits.samples * 0.8),
      for: '5m',
      severity: 'warning',
      mutedBy: [ContractSampleLimitExceeded],
      summary: (_, value) =>
        text`a scrape has ${value} samples; above ${String(limits.samples)} Prometheus rejects all of it`,
      resolved: 'its scrapes are far enough from the limit again',
      runbook: {
        cause:
          'The bot exposes more than four times the samples that its contract allows, usually because a label grows without bound.',
        steps: [
          look(panels.samples, 'is it still growing?'),
          check(
            'its series with `curl -s localhost:8000/metrics | cut -d "{" -f 1 | sort | uniq -c | sort -n | tail`',
            'which metric has the most?',
          ),
          act('Remove the growing label before Prometheus rejects the whole scrape.'),
        ],
      },
    }),
    ContractMismatch: alert({
      when: of.up
        .eq(flag(1))
        .on('bot', 'env', 'instance', 'job')
        .unless(of.contract_info.where({ hash: limits.hash })),
      for: '5m',
      severity: 'warning',
      summary: (l) =>
        text`${l.instance} runs with a different contract than the loaded rules: alerts may miss problems`,
      resolved: (l) => text`${l.instance} runs with the contract of the loaded rules again`,
      runbook: {
        cause:
          'The bot was built from different definitions than the loaded rules, or does not expose a contract hash. Metrics may be missing, and alerts on them cannot fire.',
        steps: [
          look(panels.running, 'which contract is running, and since when?'),
          act('During a deployment, load the rules first, then start the new bot; that resolves the alert.'),
          run('make apply', 'loads the rules of these definitions'),
          run('botwatch verify http://localhost:8000/metrics --contract contract.json', 'lists what differs'),
        ],
      },
    }),
    ContractSamplesDropped: alert({
      when: of.exposed.minus(of.kept).gt(0),
      for: '1m',
      severity: 'warning',
      summary: (l, value) => text`${l.instance} exposes ${value} undeclared samples, which Prometheus drops`,
      resolved: (l) => text`${l.instance} no longer exposes undeclared samples`,
      runbook: {
        cause:
          'The bot exposes series that are not in its contract. Prometheus drops them, so no panel and no alert can use them.',
        steps: [
          run('botwatch verify http://localhost:8000/metrics --contract contract.json', 'lists them'),
          act(
            'Declare the metrics that you need, then run `make generate` and `make apply`. Remove the rest from the bot.',
          ),
          look(panels.dropped, 'since when?'),
        ],
      },
    }),
  })

/** Alerts on what the runtime in the bot counts: samples that it did not record as written. */
const counted = (of: ContractSeries, panels: ContractPanels) =>
  alerts({
    ContractSamplesRefused: alert({
      when: refusedIn10m(of).gt(0).or(refusedBefore(of).gt(0)),
      severity: 'warning',
      summary: (l) => text`samples of ${l.metric} were refused and are lost (${l.reason})`,
      resolved: (l) => text`no sample of ${l.metric} was refused for 10 minutes; those before are lost (${l.reason})`,
      runbook: {
        cause:
          'The bot writes something its contract does not allow: an undeclared label or label value, an invalid number, or a metric with an invalid definition. These samples are lost, so panels and alerts do not see them.',
        steps: [
          look(panels.refused, 'which metric, and since when?'),
          check(
            'the log with `docker compose logs | grep botwatch:`',
            'which line of code? The first refusal of each kind is logged with it',
          ),
          act('Fix the line that the log names, or declare what it writes.'),
        ],
      },
    }),
    ContractOverflow: alert({
      when: overflowIn10m(of).gt(0).or(overflowBefore(of).gt(0)),
      severity: 'warning',
      cooldown: '1h',
      summary: (l) => text`a label of ${l.metric} has more values than its budget; the extra values share one series`,
      resolved: (l) => text`no label of ${l.metric} went over its budget for 10 minutes`,
      runbook: {
        cause:
          'An open label has more values than the contract allows. All extra values are recorded in one series and can no longer be distinguished.',
        steps: [
          look(panels.overflow, 'which metric?'),
          check(
            'the log with `docker compose logs | grep botwatch:`',
            'which label, and which value was the first over the budget?',
          ),
          decide('If the bot simply trades more than planned, raise max. If the label grows without bound, remove it.'),
        ],
      },
    }),
    ContractCollectorFailing: alert({
      // In both halves: a single failure, on a machine that was briefly busy, is not worth waking anyone.
      when: failuresIn5m(of).gt(0).and(failuresBefore(of).gt(0)),
      severity: 'warning',
      summary: (l) => text`computing ${l.metric} keeps failing, so its value is missing`,
      resolved: (l) => text`${l.metric} is computed again`,
      runbook: {
        cause:
          'A function that computes a value at the scrape threw, timed out, or returned no number. Only its own series is missing from the scrapes.',
        steps: [
          look(panels.failures, 'sometimes, or at every scrape?'),
          check('the log with `docker compose logs | grep botwatch:`', 'what went wrong?'),
          act('Until it is fixed, check the value at its source.'),
        ],
      },
    }),
  })

/** The alerts on a bot that no longer matches its rules. */
export function contractAlerts(
  of: ContractSeries,
  panels: ContractPanels,
  limits: ContractLimits,
  due: readonly DueMetric[],
) {
  const first = refusal(of, panels, limits)
  return [
    first,
    scraped(of, panels, limits, first),
    counted(of, panels),
    neverSetAlerts(of, panels, due),
    warmUpAlerts(of, panels, limits),
  ] as const
}
