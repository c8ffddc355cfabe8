import { durationText, inSeconds } from '../../../definitions/language/duration.ts'
import { below, type Node, selectors } from '../../../definitions/language/node.ts'
import { ageOfCrossing, usesTime } from '../../latency/age.ts'
import { seriesDelays } from '../../latency/series-delays.ts'
import { withParsedText } from '../../promql/with-parsed-text.ts'
import { botCheck } from '../check.ts'
import { alertSubject } from '../subjects.ts'

/** How long after a restart Prometheus may need to know its targets, in seconds. */
const discovery = 5
/** How far back Prometheus looks for the newest sample, in seconds: older samples are ignored. */
const lookback = 300

/** An alert on an age that a restart of Prometheus makes true until the first scrape. */
export const staleAfterRestart = botCheck({
  code: 'BW614',
  name: 'stale-after-restart',
  severity: 'warning',
  finds: 'An alert on the age of a timestamp fires after a restart of Prometheus, before the first scrape',
  look: ({ model, alerts }) => {
    const series = seriesDelays(model)
    return alerts.flatMap(({ alert, rule }) => {
      const when = withParsedText(alert.when)
      const firstScrape = discovery + Math.max(0, ...selectors(when).map((selector) => series(selector).sampled))
      const hold = inSeconds(rule.hold)
      const ages = comparisons(when).map(({ left, right, op }) =>
        usesTime(left) || usesTime(right) ? ageOfCrossing(left, right, moves[op] ?? 'either', series) : null,
      )
      const isShort = ages.some((age) => typeof age === 'number' && age < lookback)
      return hold >= firstScrape || !isShort
        ? []
        : [
            {
              subject: alertSubject(alert),
              message: `it holds for ${durationText(hold * 1000)}, but after a restart of Prometheus the newest timestamp is that of before until the first scrape, up to ${durationText(firstScrape * 1000)} later: it would fire although nothing is wrong`,
              fix: `let it hold for at least ${durationText(firstScrape * 1000)}: lower the age and raise its for`,
            },
          ]
    })
  },
})

const moves: Readonly<Record<string, 'up' | 'down'>> = { '>': 'up', '>=': 'up', '<': 'down', '<=': 'down' }

const comparisons = (node: Node): readonly Extract<Node, { readonly kind: 'binary' }>[] => [
  ...(node.kind === 'binary' && /^(?:[<>]=?|[=!]=)$/.test(node.op) ? [node] : []),
  ...below(node).flatMap(comparisons),
]
