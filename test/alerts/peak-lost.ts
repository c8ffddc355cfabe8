import type { InputSeries, Proofs } from './case.ts'

/** What proves the alert on a lost peak, by the metric that says since when it has been kept. */
export function peakLostProof(metric: string, labels: Readonly<Record<string, string>>): Proofs[string] {
  const since = (values: string): InputSeries => ({ [metric]: values })
  return {
    every: '1m',
    evaluate: '1m',
    fires: {
      'a restart forgets the peak, which is then restored': {
        given: since('-7200x9 _x1 660x20 -7200x40'),
        from: '11m',
        to: '35m',
        labels,
        says: 'the bot has lost its peak and begun a new one; the one before had been kept for 2h 11m 0s',
      },
      'it is lost again two minutes after its start': {
        given: since('480x9 _x1 600x20 480x40'),
        from: '11m',
        to: '35m',
        labels,
        says: 'the bot has lost its peak and begun a new one; the one before had been kept for 2m 0s',
      },
    },
    silent: {
      'the first start of all': since('_x9 600x60'),
      'a restart with its state': since('-7200x9 _x3 -7200x60'),
      'an older peak is restored': since('600x9 _x3 -7200x60'),
    },
    healthy: since('-7200x60'),
  }
}
