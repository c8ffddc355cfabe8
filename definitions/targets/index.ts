import { alertStates, scrape } from '../exporters/scrape.ts'
import { type AnyAlert, alert, alerts } from '../language/alert.ts'
import { anyMetrics } from '../language/metric.ts'
import { series } from '../language/query/series.ts'
import { check, decide, run, type Step } from '../language/runbook.ts'
import { text } from '../language/text.ts'
import { flag } from '../language/unit.ts'

const scraped = { up: scrape.up }

/** A scrape job, and the alerts that cannot fire while it does not answer. */
interface ScrapedJob {
  readonly name: string
  readonly alerts: readonly string[]
}

/** The metrics that Prometheus adds to each scrape and that these alerts use. */
export const targetMetrics = anyMetrics(scraped)

/** What Prometheus records of its own alerts, which the hold of an alert asks for. */
export const alertStateMetrics = anyMetrics(alertStates)

/** The alert for scrape jobs that no other alert of a bot watches. */
export const targetAlerts = (jobs: readonly ScrapedJob[]): Readonly<Record<string, AnyAlert>> =>
  alerts({
    TargetDown: alert({
      when: series(scraped)
        .up.where({ job: jobs.map(({ name }) => name) })
        .eq(flag(0)),
      // a restart takes seconds
      for: '2m',
      // the series of a target that is down does not end: there is no gap to bridge
      keepFiringFor: '0s',
      severity: 'warning',
      summary: (l) => text`${l.job} has not answered a scrape for two minutes: alerts that need it cannot fire`,
      resolved: (l) => text`${l.job} answers scrapes again`,
      runbook: {
        cause:
          'A program that is monitored next to the bot does not answer Prometheus: it is gone, hangs, or is unreachable. The bot itself is not affected, but whatever this program reports is missing.',
        steps: [
          run('docker compose up -d', 'starts what is not running'),
          check('its state with `docker compose ps`', 'is it running?'),
          check('its log with `docker compose logs --tail 50`', 'why did it stop?'),
          ...blind(jobs),
        ],
      },
    }),
  })

function blind(jobs: readonly ScrapedJob[]): readonly Step[] {
  const needed = jobs.filter((job) => job.alerts.length > 0)
  if (needed.length === 0) return []
  return [
    decide(
      `Until it answers, these alerts cannot fire: ${needed.map((job) => `${job.alerts.join(', ')} without ${job.name}`).join('; ')}.`,
    ),
  ]
}
