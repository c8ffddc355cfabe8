import {
  ageOf,
  alert,
  alerts,
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
import { regime } from '../dashboards/regime.ts'
import { down } from '../health/alerts.ts'
import { metrics } from '../series.ts'

const failed = sum(increase(metrics.onchain_fetch_total.where({ status: 'failure' }), '24h')).by('source', 'instance')
const fetched = sum(increase(metrics.onchain_fetch_total, '24h')).by('source', 'instance')
const hourLong =
  'A `for` of an hour starts again after every failed scrape: the hour is the window of the expression, over a recorded operand.'

/** On-chain data: is it fetched, fresh, and used. */
export const onchain = alerts({
  OnchainFetchHighFailureRate: alert({
    when: failed.div(fetched).gt(percent(50)).and(fetched.gte(4)),
    for: '1h',
    severity: 'warning',
    mutedBy: [down.BotDown],
    summary: (l, value) =>
      text`${l.bot} (${l.env}): ${value.percent} of the fetches from ${l.source} in 24 hours failed`,
    runbook: {
      said: 'On-chain 데이터 수집 실패율 50% 초과 (24시간).',
      cause: 'More than half of the fetches of on-chain data of 24 hours (at least four) failed.',
      steps: [
        look(regime.panels.failureShare, 'one source, or all?'),
        'Look at the status of the source (DeFiLlama, CoinMetrics, Etherscan and others).',
        'Check the network of the machine.',
        'Is the rate limit of the source passed?',
        'Wait for the automatic retry.',
      ],
    },
    deviates: deviation(
      'rate(mcbot_onchain_fetch_total{status="failure"}[24h]) / rate(mcbot_onchain_fetch_total[24h]) > 0.5, for 1h',
      `Failures are divided by themselves, since both sides match on status: it is 1 after a single failure. Both sides are summed by source, with at least four fetches. A source that is asked less often, such as once a day, never has that many, and is left to OnchainDataStale, which tells of it after 48 hours. ${hourLong}`,
    ),
  }),
  OnchainDataStale: alert({
    when: ageOf(metrics.onchain_last_success_timestamp).gt(hours(48)),
    for: '1h',
    severity: 'warning',
    thresholdIn: [regime.panels.dataAgeNow],
    mutedBy: [down.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): the data of ${l.source} is ${value.duration} old`,
    runbook: {
      said: '특정 소스가 48시간 이상 데이터 미갱신.',
      cause: 'A source of on-chain data did not deliver for more than 48 hours.',
      steps: [
        run('/onchain', 'in Discord: the state of each source'),
        look(regime.panels.dataAge, 'one source, or all?'),
        'Ask the API of the source by hand.',
        run('mcbot ingest onchain batch', 'fetches by hand'),
      ],
    },
    deviates: deviation('time() - mcbot_onchain_last_success_timestamp > 172800, for 1h', hourLong),
  }),
  OnchainCacheEmpty: alert({
    when: metrics.onchain_cache_size.eq(0),
    for: '30m',
    severity: 'warning',
    thresholdIn: [regime.panels.cacheNow],
    mutedBy: [down.BotDown],
    summary: (l) => text`${l.bot} (${l.env}): the cache holds no on-chain column for ${l.symbol}`,
    runbook: {
      said: 'Live 캐시에 on-chain 컬럼이 0개 (30분 지속).',
      cause: 'The live cache has had no on-chain column for half an hour: decisions are made without them.',
      steps: [
        run('mcbot ingest onchain info', 'is there silver data?'),
        run('mcbot ingest onchain batch', 'if there is none, fetch it'),
        look(regime.panels.cacheSize),
        'Read the log of LiveOnchainFeed.',
      ],
    },
  }),
  OnchainFetchSlow: alert({
    when: histogram_quantile(0.95, sum(rate(metrics.onchain_fetch_latency_seconds, '24h')).by('source', 'instance'))
      .gt(seconds(60))
      .and(fetched.gte(4)),
    for: '5m',
    severity: 'info',
    mutedBy: [down.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): a fetch from ${l.source} takes ${value.duration} or more (p95)`,
    runbook: {
      cause: 'One fetch in twenty from this source takes more than a minute (of 24 hours with at least four).',
      steps: [
        look(regime.panels.fetchLatency, 'slowly slower, or at once?'),
        'Look at the status of the source.',
        'Consider smaller requests, or another source.',
      ],
      deviates: deviation('no runbook for OnchainFetchSlow', 'An alert needs a next step: written here.'),
    },
    deviates: deviation(
      'histogram_quantile(0.95, mcbot_onchain_fetch_latency_seconds) > 60',
      'A histogram has no series of that bare name: the quantile is taken over the rate of its buckets, by source, over 24 hours, since a source is asked a few times a day; one that is asked less than four times has no such quantile, and is only watched by OnchainDataStale.',
    ),
  }),
})
