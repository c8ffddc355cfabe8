import { clamp_min, increase, stat, stateTimeline, sum, time, timeseries } from '../../language/index.ts'
import { seconds } from '../../language/metrics.ts'
import { recordingRules } from '../records.ts'
import { metrics } from '../series.ts'
import { kindColours } from './colours.ts'

/** Panels about the exchange: calls that fail, the key and bans. */
export const exchangePanels = {
  apiErrors: timeseries({
    title: 'Failed API calls by kind, 5 minutes',
    show: sum(increase(metrics.api_errors_total, '5m')).by('kind').gt(0),
    colours: kindColours,
    emptyMeans: 'no call failed in five minutes',
    decimals: 0,
    bars: true,
    stacked: true,
  }),
  apiErrorsMinute: timeseries({
    title: 'Failed API calls in a minute',
    show: sum(increase(metrics.api_errors_total, '1m')).by('instance'),
    min: 0,
    decimals: 0,
  }),
  apiCalls: timeseries({
    title: 'API calls by endpoint, per minute',
    show: sum(increase(metrics.api_calls_total, '1m')).by('endpoint'),
    min: 0,
    decimals: 0,
  }),
  apiErrorShare: timeseries({
    title: 'Failed API calls, share over 5 minutes',
    show: sum(increase(metrics.api_errors_total, '5m'))
      .by('instance')
      .div(sum(increase(metrics.api_calls_total, '5m')).by('instance')),
    min: 0,
    max: 1,
    emptyMeans: 'no call in five minutes',
  }),
  apiKey: stateTimeline({
    title: 'API key',
    show: metrics.api_key_valid,
    meanings: { 0: { text: 'REJECTED', colour: 'red' }, 1: { text: 'valid', colour: 'green' } },
  }),
  banLeft: stat({
    title: 'Banned for',
    description: 'How long the exchange still bans the bot.',
    show: clamp_min(recordingRules.banned_until_timestamp.series.minus(time()), seconds(0)),
    meanings: { 0: { text: 'not banned', colour: 'green' } },
  }),
}
