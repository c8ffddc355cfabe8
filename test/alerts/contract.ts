import { instance, type Proofs, target } from './case.ts'

const warning = { ...target, severity: 'warning' }
const ofMetric = (metric: string) => ({ ...instance, metric, severity: 'warning' })
const refused = (metric: string, reason: string) =>
  `mcbot_contract_refused_total{metric="${metric}", reason="${reason}"}`
const overflow = (metric: string) => `mcbot_contract_overflow_total{metric="${metric}"}`
const failures = (metric: string) => `mcbot_contract_collector_failures_total{metric="${metric}"}`
const kept = (samples: string) => ({ scrape_samples_post_metric_relabeling: samples })
const samples = (exposed: string, left = exposed) => ({ scrape_samples_scraped: exposed, ...kept(left) })

interface Limits {
  /** The contract's, as its series carries it. */
  readonly hash: string
  /** The sample limit, above which Prometheus rejects a scrape. */
  readonly samples: number
}

/** Whether the bot keeps its contract. */
export const contractProofs = ({ hash, samples: limit }: Limits): Proofs => ({
  ...limitProofs(limit),
  ...contentProofs(hash),
  ...refusalProofs(),
})

/** How many samples it exposes. */
function limitProofs(limit: number): Proofs {
  const near = Math.floor(limit * 0.8)
  return {
    ContractSampleLimitExceeded: {
      fires: {
        'one sample too many': {
          given: kept(`900x7 ${limit + 1}x31 900x19`),
          from: '2m',
          to: '13m',
          labels: { ...target, severity: 'critical' },
          says: `mcbot (paper): ${limit + 1} samples in a scrape are more than ${limit}, and Prometheus takes none of them`,
        },
      },
      silent: {
        'at the limit': kept(`900x7 ${limit}x60`),
      },
      healthy: kept('900x60'),
    },
    ContractSampleLimitNear: {
      fires: {
        'more than four fifths of the limit': {
          given: kept(`900x7 ${near + 1}x31 900x19`),
          from: '7m',
          to: '13m',
          labels: warning,
          says: `mcbot (paper): ${near + 1} samples in a scrape, and from ${limit} on Prometheus takes none`,
        },
      },
      silent: {
        'at four fifths': kept(`900x7 ${near}x60`),
        'for less than five minutes': kept(`900x7 ${near + 9}x19 900x40`),
      },
      healthy: kept('900x60'),
    },
  }
}

/** What it exposes. */
function contentProofs(hash: string): Proofs {
  const running = `mcbot_contract_info{hash="${hash}"}`
  return {
    ContractMismatch: {
      fires: {
        'it says another contract': {
          given: {
            up: '1x60',
            [running]: '1x7 stale _x31 1x19',
            'mcbot_contract_info{hash="0123456789abcdef"}': '_x7 1x31 stale',
            // another instance with the same name runs with the right contract
            'up{env="live"}': '1x60',
            [`mcbot_contract_info{hash="${hash}", env="live"}`]: '1x60',
          },
          from: '7m',
          to: '13m',
          labels: warning,
          says: 'mcbot (paper), paper-1 runs with another contract than these rules: alerts may be blind to it',
        },
        'it says none': {
          given: { up: '1x60', [running]: '1x7 stale _x31 1x19' },
          from: '7m',
          to: '13m',
          labels: warning,
          says: 'mcbot (paper), paper-1 runs with another contract than these rules: alerts may be blind to it',
        },
      },
      silent: {
        'for less than five minutes, as in a deploy': { up: '1x60', [running]: '1x7 stale _x18 1x19' },
        'a bot that is down, which has its own alert': { up: '1x7 0x60', [running]: '1x7 stale' },
      },
      healthy: { up: '1x60', [running]: '1x60' },
    },
    ContractSamplesDropped: {
      fires: {
        'three samples that nothing declares': {
          given: samples('903x7 906x31 903x19', '903x60'),
          from: '3m',
          to: '13m',
          labels: warning,
          says: 'mcbot (paper), paper-1 exposes 3 samples that nothing declares: they are not kept',
        },
      },
      silent: { 'for less than a minute': samples('903x7 906x3 903x40', '903x60') },
      healthy: samples('900x60'),
    },
  }
}

/** What its runtime rejected, and which metrics were never set. */
function refusalProofs(): Proofs {
  return {
    ContractSamplesRefused: {
      fires: {
        'one sample is rejected': {
          given: {
            [refused('mcbot_fills_total', 'labels')]: '0x7 1x80',
            [refused('mcbot_fills_total', 'number')]: '0x90',
            [refused('mcbot_equity_usdt', 'number')]: '0x90',
          },
          from: '2m',
          to: '14m45s',
          labels: { ...ofMetric('mcbot_fills_total'), reason: 'labels' },
          says: 'mcbot (paper), paper-1: samples of mcbot_fills_total were refused for their labels',
        },
        'one was rejected before the first scrape': {
          given: {
            [refused('mcbot_fills_total', 'labels')]: '_x8 1x80',
            [refused('mcbot_fills_total', 'number')]: '_x8 0x80',
          },
          from: '2m',
          to: '15m',
          labels: { ...ofMetric('mcbot_fills_total'), reason: 'labels' },
          says: 'mcbot (paper), paper-1: samples of mcbot_fills_total were refused for their labels',
        },
      },
      silent: {
        'nothing was rejected before the first scrape': { [refused('mcbot_fills_total', 'labels')]: '_x8 0x80' },
      },
      healthy: { [refused('mcbot_fills_total', 'labels')]: '0x90' },
    },
    ContractOverflow: {
      fires: {
        'one value too many': {
          given: { [overflow('mcbot_fills_total')]: '0x7 1x80', [overflow('mcbot_errors_total')]: '0x90' },
          from: '2m',
          to: '14m45s',
          labels: ofMetric('mcbot_fills_total'),
          says: 'mcbot (paper), paper-1: a label of mcbot_fills_total has more values than its budget, and they share one series',
        },
        'one value too many before the first scrape': {
          given: { [overflow('mcbot_fills_total')]: '_x8 1x80', [overflow('mcbot_errors_total')]: '_x8 0x80' },
          from: '2m',
          to: '15m',
          labels: ofMetric('mcbot_fills_total'),
          says: 'mcbot (paper), paper-1: a label of mcbot_fills_total has more values than its budget, and they share one series',
        },
      },
      silent: { 'none too many before the first scrape': { [overflow('mcbot_fills_total')]: '_x8 0x80' } },
      healthy: { [overflow('mcbot_fills_total')]: '0x90' },
    },
    ContractCollectorFailing: {
      fires: {
        'it fails again and again': {
          given: { [failures('mcbot_equity_usdt')]: '0x7 1+1x20 21x60', [failures('mcbot_cash_usdt')]: '0x90' },
          from: '7m',
          to: '14m45s',
          labels: ofMetric('mcbot_equity_usdt'),
          says: 'mcbot (paper), paper-1: what computes mcbot_equity_usdt fails again and again, and its value is missing',
        },
      },
      silent: {
        'it failed long ago': { [failures('mcbot_equity_usdt')]: '1x90' },
        'it failed once, in many places': { [failures('mcbot_equity_usdt')]: '0x7 5x80' },
      },
      healthy: { [failures('mcbot_equity_usdt')]: '0x90' },
    },
    ContractMetricNeverSet: {
      fires: {
        'it is not set in time': {
          given: {
            'mcbot_contract_never_set{metric="mcbot_equity_usdt"}': '0x7 1x31 0x19',
            'mcbot_contract_never_set{metric="mcbot_info"}': '0x60',
          },
          from: '3m',
          to: '13m',
          labels: { ...target, metric: 'mcbot_equity_usdt', severity: 'warning' },
          says: 'mcbot (paper), paper-1 has never set mcbot_equity_usdt, which must be set by now',
        },
      },
      silent: {
        'for less than a minute': { 'mcbot_contract_never_set{metric="mcbot_equity_usdt"}': '0x7 1x3 0x40' },
      },
      healthy: { 'mcbot_contract_never_set{metric="mcbot_equity_usdt"}': '0x60' },
    },
  }
}
