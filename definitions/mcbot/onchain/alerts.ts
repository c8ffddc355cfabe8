import {
  act,
  ageOf,
  alert,
  alerts,
  check,
  decide,
  deviation,
  histogram_quantile,
  hours,
  increase,
  look,
  percent,
  rate,
  run,
  seconds,
  sum,
  text,
} from '../../language/index.ts'
import { regimeDashboard } from '../dashboards/regime.ts'
import { downAlerts } from '../health/alerts.ts'
import { metrics } from '../series.ts'

const failed = sum(increase(metrics.onchain_fetch_total.where({ status: 'failure' }), '24h')).by('source', 'instance')
const fetched = sum(increase(metrics.onchain_fetch_total, '24h')).by('source', 'instance')
const hourLong =
  'A `for` of an hour restarts at every failed scrape: the hour is the window of the expression instead, over a recorded operand.'

/** On-chain data: whether it is fetched, fresh and used. */
export const onchainAlerts = alerts({
  OnchainFetchHighFailureRate: alert({
    when: failed.div(fetched).gt(percent(50)).and(fetched.gte(4)),
    for: '1h',
    severity: 'warning',
    remindEvery: '1d',
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) => text`${value.percent} of fetches from ${l.source} failed in the last 24 hours, limit 50 %`,
    resolved: (l) => text`fewer fetches from ${l.source} fail again`,
    runbook: {
      said: 'On-chain 데이터 수집 실패율 50% 초과 (24시간).',
      cause: 'More than half of the on-chain fetches from this source failed over 24 hours (at least four fetches).',
      steps: [
        look(regimeDashboard.panels.failureShare, 'one source, or all?'),
        check('the status page of the source (DeFiLlama, CoinMetrics, Etherscan and others)'),
        check('the network connection of the host'),
        check('the rate limit of the source', 'is it exceeded?'),
        decide('If nothing is wrong on your side, wait for the automatic retry.'),
      ],
    },
    deviates: deviation(
      'rate(mcbot_onchain_fetch_total{status="failure"}[24h]) / rate(mcbot_onchain_fetch_total[24h]) > 0.5, for 1h',
      `Both sides match on status, so failures are divided by failures, which is 1 after a single failure. Both sides are summed by source, with at least four fetches. A source that is fetched less often, such as once a day, never has that many, and is left to OnchainDataStale, which watches for 48 hours without data. ${hourLong}`,
    ),
  }),
  OnchainDataStale: alert({
    when: ageOf(metrics.onchain_last_success_timestamp).gt(hours(48)),
    for: '1h',
    severity: 'warning',
    remindEvery: '1d',
    thresholdIn: [regimeDashboard.panels.dataAgeNow],
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) => text`on-chain data from ${l.source} is ${value.duration} old, limit 48 h`,
    resolved: (l) => text`on-chain data from ${l.source} is fresh again`,
    runbook: {
      said: '특정 소스가 48시간 이상 데이터 미갱신.',
      cause: 'An on-chain data source has not delivered for more than 48 hours.',
      steps: [
        check('the state of each source with `/onchain` in the bot’s Discord channel', 'which one is late?'),
        look(regimeDashboard.panels.dataAge, 'one source, or all?'),
        act('Call the API of the source manually.'),
        run('mcbot ingest onchain batch', 'fetches the data manually'),
      ],
    },
    deviates: deviation('time() - mcbot_onchain_last_success_timestamp > 172800, for 1h', hourLong),
  }),
  OnchainCacheEmpty: alert({
    when: metrics.onchain_cache_size.eq(0),
    for: '30m',
    severity: 'warning',
    thresholdIn: [regimeDashboard.panels.cacheNow],
    mutedBy: [downAlerts.BotDown],
    summary: (l) => text`the live cache has no on-chain columns for ${l.symbol}`,
    resolved: (l) => text`the live cache has on-chain columns for ${l.symbol} again`,
    runbook: {
      said: 'Live 캐시에 on-chain 컬럼이 0개 (30분 지속).',
      cause:
        'The live cache has had no on-chain columns for this symbol for half an hour: strategies decide without them.',
      steps: [
        check('the stored data with `mcbot ingest onchain info`', 'is there silver data?'),
        run('mcbot ingest onchain batch', 'fetches the data that is missing'),
        look(regimeDashboard.panels.cacheSize),
        check('the log of LiveOnchainFeed'),
      ],
    },
  }),
  OnchainFetchSlow: alert({
    when: histogram_quantile(0.95, sum(rate(metrics.onchain_fetch_latency_seconds, '24h')).by('source', 'instance'))
      .gt(seconds(60))
      .and(fetched.gte(4)),
    for: '5m',
    severity: 'info',
    remindEvery: '1d',
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) => text`one fetch from ${l.source} in twenty takes ${value.duration} or more, limit 60 s`,
    resolved: (l) => text`fetches from ${l.source} are faster again`,
    runbook: {
      cause:
        'One fetch in twenty from this source takes more than a minute (95th percentile over 24 hours with at least four fetches).',
      steps: [
        look(regimeDashboard.panels.fetchLatency, 'gradual, or sudden?'),
        check('the status page of the source'),
        decide('Consider smaller requests or another source.'),
      ],
      deviates: deviation('no runbook for OnchainFetchSlow', 'Every alert needs a next step, so one is added here.'),
    },
    deviates: deviation(
      'histogram_quantile(0.95, mcbot_onchain_fetch_latency_seconds) > 60',
      'A histogram has no series of that bare name: the quantile is computed over the rate of its buckets, by source, over 24 hours, because a source is fetched only a few times a day. A source with fewer than four fetches is left to OnchainDataStale.',
    ),
  }),
})
