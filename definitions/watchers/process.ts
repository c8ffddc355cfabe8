import { scrape } from '../exporters/scrape.ts'
import {
  type Alert,
  type AnyPanel,
  absence,
  act,
  alert,
  changes,
  check,
  type Deviation,
  look,
  run,
  type Series,
  type Step,
  series,
  text,
} from '../language/index.ts'
import type { Gauge } from '../language/metrics.ts'

/** Fires if Prometheus has no scrape target for the bot. */
export const botAbsent = (flatten: Step, deviates: Deviation) =>
  absence({
    of: series(scrape).up,
    for: '2m',
    severity: 'critical',
    summary: 'Prometheus has no scrape target for the bot: it is not monitored at all',
    resolved: 'Prometheus scrapes the bot again',
    runbook: {
      cause:
        'Prometheus has no scrape target for the bot: its target list is wrong or missing, so not even BotDown can fire. The bot itself may well be running.',
      steps: [
        run('docker compose up -d', 'restores the target list'),
        flatten,
        check('BOT_ENV and BOT_TARGET in .env', 'do they say what should be running?'),
        check(
          'the target list with `docker compose exec prometheus cat /etc/prometheus/targets/bot.yml`',
          'is its address there?',
        ),
      ],
    },
    deviates,
  })

/** What the alert on a process that does not stay up says. */
interface StartedProcess {
  readonly bot: string
  readonly started: Series<{ readonly start_timestamp: Gauge<{}, 'timestamp'> }>['start_timestamp']
  readonly flatten: Step
  readonly restarts: AnyPanel
  readonly attention: AnyPanel
  readonly mutedBy: readonly Alert<'critical'>[]
  readonly deviates: Deviation
}

/** Fires if the process of a bot keeps ending and starting. */
export const restartLoop = ({ bot, started, flatten, restarts, attention, mutedBy, deviates }: StartedProcess) =>
  alert({
    when: changes(started, '30m').gte(3),
    severity: 'critical',
    thresholdIn: [restarts],
    mutedBy,
    summary: (_, value) => text`the bot restarted ${value} times in 30 minutes, limit 3`,
    resolved: 'the bot has restarted less than three times in the last 30 minutes: check its open orders',
    runbook: {
      cause: 'The bot keeps ending and starting, whatever restarts it. Each start may cancel or repeat orders.',
      steps: [
        act(`Run \`systemctl stop ${bot}\`: a stopped bot loses less than one in a restart loop.`),
        flatten,
        check(`its output with \`journalctl -u ${bot} -n 200\``, 'what is the last line before each start?'),
        look(attention, 'which error comes before each start?'),
      ],
    },
    deviates,
  })
