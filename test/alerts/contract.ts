import { instanceOf, type Proofs, type Target } from './case.ts'
import type { WrittenRules } from './rules.ts'

const kept = (samples: string) => ({ scrape_samples_post_metric_relabeling: samples })
const samples = (exposed: string, left = exposed) => ({ scrape_samples_scraped: exposed, ...kept(left) })

interface Limits {
  /** The contract's hash, as in its series. */
  readonly hash: string
  /** The sample limit of a scrape. */
  readonly samples: number
}

/** The cases of the alerts on the contract, which every bot with a monitored contract has. */
export const contractProofs = (target: Target, limits: Limits, { alerts }: WrittenRules): Proofs => ({
  ...scrapeProofs(target, limits),
  ...runtimeProofs(target),
  ...neverSetProofs(target, (alert) => alerts.get(alert)?.expr ?? null),
  ...warmUpProofs(target, alerts.get('WarmingUp')?.expr ?? null),
})

/** What Prometheus records about a scrape: how many samples it had, how many were kept, and which contract the bot runs with. */
function scrapeProofs(target: Target, { hash, samples: limit }: Limits): Proofs {
  const { bot, instance } = target
  const warning = { ...target, severity: 'warning' }
  const running = `${bot}_contract_info{hash="${hash}"}`
  const [well, near] = [Math.floor(limit / 2), Math.floor(limit * 0.8)]
  return {
    ContractSampleLimitExceeded: {
      fires: {
        'one sample too many': {
          given: kept(`${well}x7 ${limit + 1}x31 ${well}x19`),
          from: '2m',
          to: '13m',
          labels: { ...target, severity: 'critical' },
          says: `a scrape has ${limit + 1} samples, more than the limit of ${limit}, so Prometheus rejects all of it`,
        },
      },
      silent: {
        'at the limit': kept(`${well}x7 ${limit}x60`),
      },
      healthy: kept(`${well}x60`),
    },
    ContractSampleLimitNear: {
      fires: {
        'more than four fifths of the limit': {
          given: kept(`${well}x7 ${near + 1}x31 ${well}x19`),
          from: '7m',
          to: '13m',
          labels: warning,
          says: `a scrape has ${near + 1} samples; above ${limit} Prometheus rejects all of it`,
        },
      },
      silent: {
        'at four fifths': kept(`${well}x7 ${near}x60`),
        'for less than five minutes': kept(`${well}x7 ${near + 9}x19 ${well}x40`),
      },
      healthy: kept(`${well}x60`),
    },
    ContractMismatch: {
      fires: {
        'the bot reports another contract': {
          given: {
            up: '1x60',
            [running]: '1x7 stale _x31 1x19',
            [`${bot}_contract_info{hash="0123456789abcdef"}`]: '_x7 1x31 stale',
            // another instance of the bot runs with the right one
            'up{env="live"}': '1x60',
            [`${bot}_contract_info{hash="${hash}", env="live"}`]: '1x60',
          },
          from: '7m',
          to: '13m',
          labels: warning,
          says: `${instance} runs with a different contract than the loaded rules: alerts may miss problems`,
        },
        'the bot reports no contract': {
          given: { up: '1x60', [running]: '1x7 stale _x31 1x19' },
          from: '7m',
          to: '13m',
          labels: warning,
          says: `${instance} runs with a different contract than the loaded rules: alerts may miss problems`,
        },
      },
      silent: {
        'for less than five minutes, as in a deploy': { up: '1x60', [running]: '1x7 stale _x18 1x19' },
        'the bot is down, which has its own alert': { up: '1x7 0x60', [running]: '1x7 stale' },
      },
      healthy: { up: '1x60', [running]: '1x60' },
    },
    ContractSamplesDropped: {
      fires: {
        'three undeclared samples': {
          given: samples('903x7 906x31 903x19', '903x60'),
          from: '3m',
          to: '13m',
          labels: warning,
          says: `${instance} exposes 3 undeclared samples, which Prometheus drops`,
        },
      },
      silent: { 'for less than a minute': samples('903x7 906x3 903x40', '903x60') },
      healthy: samples(`${well}x60`),
    },
  }
}

/** What the runtime reports about the samples it refuses. */
function runtimeProofs(target: Target): Proofs {
  const { bot } = target
  const ofMetric = (metric: string) => ({ ...instanceOf(target), metric, severity: 'warning' })
  const of = (about: string) => (metric: string) => `${bot}_contract_${about}{metric="${metric}"}`
  const [overflow, failures] = [of('overflow_total'), of('collector_failures_total')] as const
  const refused = (metric: string, reason: string) =>
    `${bot}_contract_refused_total{metric="${metric}", reason="${reason}"}`
  const [fills, errors] = [`${bot}_fills_total`, `${bot}_errors_total`]
  const [equity, cash] = [`${bot}_equity_usdt`, `${bot}_cash_usdt`]
  return {
    ContractSamplesRefused: {
      fires: {
        'one sample is refused': {
          given: {
            [refused(fills, 'labels')]: '0x7 1x80',
            [refused(fills, 'number')]: '0x90',
            [refused(equity, 'number')]: '0x90',
          },
          from: '2m',
          to: '14m45s',
          labels: { ...ofMetric(fills), reason: 'labels' },
          says: `samples of ${fills} were refused and are lost (labels)`,
        },
        'one was refused before the first scrape': {
          given: {
            [refused(fills, 'labels')]: '_x8 1x80',
            [refused(fills, 'number')]: '_x8 0x80',
          },
          from: '2m',
          to: '15m',
          labels: { ...ofMetric(fills), reason: 'labels' },
          says: `samples of ${fills} were refused and are lost (labels)`,
        },
      },
      silent: {
        'nothing was refused before the first scrape': { [refused(fills, 'labels')]: '_x8 0x80' },
      },
      healthy: { [refused(fills, 'labels')]: '0x90' },
    },
    ContractOverflow: {
      fires: {
        'one value too many': {
          given: { [overflow(fills)]: '0x7 1x80', [overflow(errors)]: '0x90' },
          from: '2m',
          to: '14m45s',
          labels: ofMetric(fills),
          says: `a label of ${fills} has more values than its budget; the extra values share one series`,
        },
        'one value too many before the first scrape': {
          given: { [overflow(fills)]: '_x8 1x80', [overflow(errors)]: '_x8 0x80' },
          from: '2m',
          to: '15m',
          labels: ofMetric(fills),
          says: `a label of ${fills} has more values than its budget; the extra values share one series`,
        },
      },
      silent: { 'no value too many before the first scrape': { [overflow(fills)]: '_x8 0x80' } },
      healthy: { [overflow(fills)]: '0x90' },
    },
    ContractCollectorFailing: {
      fires: {
        'it keeps failing': {
          given: { [failures(equity)]: '0x7 1+1x20 21x60', [failures(cash)]: '0x90' },
          from: '7m',
          to: '14m45s',
          labels: ofMetric(equity),
          says: `computing ${equity} keeps failing, so its value is missing`,
        },
      },
      silent: {
        'it failed long ago': { [failures(equity)]: '1x90' },
        'it failed once, in many places': { [failures(equity)]: '0x7 5x80' },
      },
      healthy: { [failures(equity)]: '0x90' },
    },
  }
}

/** Metrics that were not set in time: the alert is critical for those that a critical alert depends on, which a bot need not have. */
function neverSetProofs(target: Target, rule: (alert: string) => string | null): Proofs {
  const { bot, instance } = target
  const proof = (alert: string, severity: string, from: string, says: string): Proofs => {
    const expr = rule(alert)
    if (expr === null) return {}
    const metric = /metric=~"(\w+)/.exec(expr)?.[1] ?? `${bot}_equity_usdt`
    const flagged = (name: string) => `${bot}_contract_never_set{metric="${name}"}`
    return {
      [alert]: {
        fires: {
          'it is not set in time': {
            given: { [flagged(metric)]: '0x7 1x31 0x19', [flagged(`${bot}_open_positions`)]: '0x60' },
            from,
            to: '13m',
            labels: { ...target, metric, severity },
            says: `${instance} has never set ${metric}${says}`,
          },
        },
        silent: { 'it is set just after the deadline': { [flagged(metric)]: '0x7 1x1 0x40' } },
        healthy: { [flagged(metric)]: '0x60' },
      },
    }
  }
  return {
    ...proof('ContractMetricNeverSet', 'warning', '3m', ', which should be set by now'),
    ...proof('ContractCriticalMetricNeverSet', 'critical', '2m30s', ': critical alerts that depend on it cannot fire'),
  }
}

/** A warm-up and its end; a bot whose alerts another program sends has no quiet, and so no rule, for it. */
function warmUpProofs(target: Target, rule: string | null): Proofs {
  const { bot, instance } = target
  const warmUp = (warming: string, overdue: string) => ({
    [`${bot}_contract_warming_up`]: warming,
    [`${bot}_contract_warm_up_overdue`]: overdue,
  })
  // it is counted in scrapes: an hour of these cases must have more of them than its limit
  const most = Number(/<= (\d+)/.exec(rule ?? '')?.[1])
  const every = most < 200 ? 15 : most < 600 ? 5 : 1
  const per = 15 / every
  /** Each warm-up has forty quarters of a minute, and the next one begins three quarters after it. */
  const warmUps = Math.floor(most / (40 * per))
  const limit = 15 + warmUps * 43 * 15 + (most - warmUps * 40 * per) * every
  /** A value for a quarter of a minute and this many more, in scrapes. */
  const long = (value: number, quarters: number) => `${value}x${(quarters + 1) * per - 1}`
  const gap = (quarters: number) => `_x${quarters * per}`
  // it dies after ten minutes of warm-up, and is back within a minute
  const again = (value: number) =>
    Array(6)
      .fill(`${long(value, 39)} stale _x${3 * per - 1}`)
      .join(' ')
  const shown = {
    labels: { ...target, severity: 'info' },
    says: `${instance} warms up: the alerts on its own figures are held back`,
  }
  const WarmingUp: Proofs = {
    WarmingUp: {
      every: `${every}s`,
      fires: {
        'a warm-up of three minutes, and four minutes more for what it caused to end': {
          given: warmUp(`${gap(3)} 1x${12 * per} ${long(0, 60)}`, `${gap(3)} ${long(0, 73)}`),
          from: '45s',
          to: '7m45s',
          ...shown,
        },
        'a warm-up that is not over in time, up to its limit': {
          given: warmUp(`${gap(3)} ${long(1, 19)} ${long(0, 60)}`, `${gap(3)} ${long(0, 19)} ${long(1, 60)}`),
          from: '45s',
          to: '5m45s',
          ...shown,
        },
        'a bot that starts again and again, until it has warmed up for long enough': {
          given: warmUp(`${gap(1)} ${again(1)}`, `${gap(1)} ${again(0)}`),
          from: '15s',
          to: `${Math.ceil(limit / 15) * 15}s`,
          ...shown,
        },
      },
      silent: { 'it is overdue from the first scrape': warmUp('0x60', '1x60') },
      healthy: warmUp('0x60', '0x60'),
    },
  }
  return {
    ...(rule === null ? {} : WarmingUp),
    WarmUpTooLong: {
      fires: {
        'it is not ready when its limit has passed': {
          given: { [`${bot}_contract_warm_up_overdue`]: '0x19 1x19 0x40' },
          from: '5m',
          to: '13m',
          labels: { ...target, severity: 'critical' },
          says: `${instance} is not ready, although the limit of its warm-up has passed`,
        },
      },
      silent: {},
      healthy: { [`${bot}_contract_warm_up_overdue`]: '0x60' },
    },
  }
}
