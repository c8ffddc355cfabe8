import { alert, alerts } from '../language/alert.ts'
import { look, note, run } from '../language/runbook.ts'
import { text } from '../language/text.ts'
import { flag } from '../language/unit.ts'
import type { ContractPanels } from './dashboard.ts'
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

/** The scrape that Prometheus refuses whole: it leaves nothing to see the bot by, and mutes the warning before it. */
const refusal = (of: ContractSeries, panels: ContractPanels, limits: ContractLimits) =>
  alerts({
    ContractSampleLimitExceeded: alert({
      when: of.kept.gt(limits.samples),
      severity: 'critical',
      summary: (l, value) =>
        text`${l.bot} (${l.env}): ${value} samples in a scrape are more than ${String(limits.samples)}, and Prometheus takes none of them`,
      runbook: {
        cause:
          'The bot exposes more samples than five times what its contract allows, and Prometheus refuses the whole scrape: nobody sees the bot.',
        steps: [
          look(panels.samples, 'since when, and how fast?'),
          run('curl -s localhost:8000/metrics | cut -d "{" -f 1 | sort | uniq -c | sort -n | tail', 'which metric?'),
          'Restart the bot, after a look at its open orders: its series begin anew.',
          'A label that has a value for each order or message does not belong into a metric.',
        ],
      },
    }),
  })

/** What Prometheus sees of the bot: how much it exposes, of which contract, and what of it no contract has. */
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
      summary: (l, value) =>
        text`${l.bot} (${l.env}): ${value} samples in a scrape, and from ${String(limits.samples)} on Prometheus takes none`,
      runbook: {
        cause: 'The bot exposes four times as many samples as its contract allows: a label has values without end.',
        steps: [
          look(panels.samples, 'does it grow?'),
          run('curl -s localhost:8000/metrics | cut -d "{" -f 1 | sort | uniq -c | sort -n | tail', 'which metric?'),
          'Take the label away that grows, before the limit takes everything.',
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
        text`${l.bot} (${l.env}), ${l.instance} runs with another contract than these rules: alerts may be blind to it`,
      runbook: {
        cause:
          'The bot was built from other definitions than the rules that are loaded, or does not say from which: metrics may be missing, and alerts on them silent.',
        steps: [
          look(panels.running, 'which contract runs, and since when?'),
          'In the middle of a deploy: rules first, then the bot; it ends with the bot.',
          run('make apply', 'loads the rules of these definitions'),
          run('botwatch verify http://localhost:8000/metrics --contract contract.json', 'says what differs'),
        ],
      },
    }),
    ContractSamplesDropped: alert({
      when: of.exposed.minus(of.kept).gt(0),
      for: '1m',
      severity: 'warning',
      summary: (l, value) =>
        text`${l.bot} (${l.env}), ${l.instance} exposes ${value} samples that nothing declares: they are not kept`,
      runbook: {
        cause:
          'The bot exposes series that its contract does not have. Prometheus drops them: no panel and no alert sees them.',
        steps: [
          run('botwatch verify http://localhost:8000/metrics --contract contract.json', 'names them'),
          'Declare what is wanted, generate, load the rules; remove the rest from the bot.',
          look(panels.dropped, 'since when?'),
        ],
      },
    }),
  })

/** What the runtime in the bot counts: samples that it did not record as they came. */
const counted = (of: ContractSeries, panels: ContractPanels) =>
  alerts({
    ContractSamplesRefused: alert({
      when: refusedIn10m(of).gt(0).or(refusedBefore(of).gt(0)),
      severity: 'warning',
      summary: (l) =>
        text`${l.bot} (${l.env}), ${l.instance}: samples of ${l.metric} were refused for their ${l.reason}`,
      runbook: {
        cause:
          'The bot writes what its contract does not allow: a label, a value or a number that is none. The sample is lost, and with it what panels and alerts would have seen.',
        steps: [
          look(panels.refused, 'which metric, and since when?'),
          run('docker compose logs | grep botwatch:', 'the first of each kind is logged, with the line that wrote it'),
          'Correct the line, or declare what it writes.',
        ],
      },
    }),
    ContractOverflow: alert({
      when: overflowIn10m(of).gt(0).or(overflowBefore(of).gt(0)),
      severity: 'warning',
      cooldown: '1h',
      summary: (l) =>
        text`${l.bot} (${l.env}), ${l.instance}: a label of ${l.metric} has more values than its budget, and they share one series`,
      runbook: {
        cause:
          'An open label has more values than the contract allows. The values beyond are added up in one series, and cannot be told apart.',
        steps: [
          look(panels.overflow, 'which metric?'),
          run('docker compose logs | grep botwatch:', 'names the label and the first value that was one too many'),
          'More is traded than was planned: raise max. Values without end: take the label away.',
        ],
      },
    }),
    ContractCollectorFailing: alert({
      // In both halves: once, on a machine that was busy for a moment, is nothing to wake up for.
      when: failuresIn5m(of).gt(0).and(failuresBefore(of).gt(0)),
      severity: 'warning',
      summary: (l) =>
        text`${l.bot} (${l.env}), ${l.instance}: what computes ${l.metric} fails again and again, and its value is missing`,
      runbook: {
        cause:
          'A function that computes a value at the scrape threw, was late, or gave no number: its series is left out, and everything else is there.',
        steps: [
          look(panels.failures, 'once, or always?'),
          run('docker compose logs | grep botwatch:', 'what did it throw?'),
          'Until it is mended, read the value where it comes from.',
        ],
      },
    }),
    ContractMetricNeverSet: alert({
      when: of.contract_never_set.eq(flag(1)),
      for: '1m',
      severity: 'warning',
      thresholdIn: [panels.neverSetNow],
      summary: (l) => text`${l.bot} (${l.env}), ${l.instance} has never set ${l.metric}, which must be set by now`,
      runbook: {
        cause:
          'A metric is declared as one that is soon set, and the bot has not set it since its start: the part that does so did not begin, or was forgotten.',
        steps: [
          look(panels.neverSet, 'which, and since which start?'),
          note`${of.contract_never_set} goes back to 0 with the first value.`,
          run('docker compose logs --tail 200', 'did the part that sets it start?'),
        ],
      },
    }),
  })

/** The alerts that tell that a bot and its rules no longer mean the same. */
export function contractAlerts(of: ContractSeries, panels: ContractPanels, limits: ContractLimits) {
  const first = refusal(of, panels, limits)
  return [first, scraped(of, panels, limits, first), counted(of, panels)] as const
}
