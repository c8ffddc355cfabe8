import { criticalMuted } from './alerts/critical-muted.ts'
import { identical } from './alerts/identical.ts'
import { inhibition } from './alerts/inhibition.ts'
import { noComparison } from './alerts/no-comparison.ts'
import { noDownAlert } from './alerts/no-down-alert.ts'
import { noRoute } from './alerts/no-route.ts'
import { overlapping } from './alerts/overlapping.ts'
import { routingLabel } from './alerts/routing-label.ts'
import { runbookMetric } from './alerts/runbook-metric.ts'
import { runbookPanel } from './alerts/runbook-panel.ts'
import { runbookStep } from './alerts/runbook-step.ts'
import { singleChannel } from './alerts/single-channel.ts'
import { slowCritical } from './alerts/slow-critical.ts'
import { staleAfterRestart } from './alerts/stale-after-restart.ts'
import { templateLabel } from './alerts/template-label.ts'
import { allowExpired, allowUnreasoned, allowUnused, amtool, dryRun, promtool } from './allowed/checks.ts'
import { seriesOfBot } from './budget/bot.ts'
import { seriesOfMetric } from './budget/metric.ts'
import type { BotCheck, Check, ExpressionCheck, ReportedCheck } from './check.ts'
import { manyToMany } from './joins/many-to-many.ts'
import { neverMatches } from './joins/never-matches.ts'
import { orSwallows } from './joins/or-swallows.ts'
import { pinnedRatio } from './joins/pinned-ratio.ts'
import { emptyUnexplained } from './panels/empty-unexplained.ts'
import { legendLabel } from './panels/legend-label.ts'
import { twoUnits } from './panels/two-units.ts'
import { unusedRecord } from './panels/unused-record.ts'
import { unwatchedMetric } from './panels/unwatched-metric.ts'
import { variableLabel } from './panels/variable-label.ts'
import { withoutUnit } from './panels/without-unit.ts'
import { averageOfQuantiles } from './rates/average-of-quantiles.ts'
import { bareCounter } from './rates/bare-counter.ts'
import { counterDifference } from './rates/counter-difference.ts'
import { noQuantile } from './rates/no-quantile.ts'
import { quantileWithoutLe } from './rates/quantile-without-le.ts'
import { quantileWithoutRate } from './rates/quantile-without-rate.ts'
import { rateOfGauge } from './rates/rate-of-gauge.ts'
import { rateOfSum } from './rates/rate-of-sum.ts'
import { lostLabel } from './series/lost-label.ts'
import { unknownLabel } from './series/unknown-label.ts'
import { unknownMetric } from './series/unknown-metric.ts'
import { unknownValue } from './series/unknown-value.ts'
import { uselessRegex } from './series/useless-regex.ts'
import { evaluationFails } from './text/evaluation-fails.ts'
import { featureFlag } from './text/feature-flag.ts'
import { syntax } from './text/syntax.ts'
import { aboveTopBucket } from './values/above-top-bucket.ts'
import { alwaysTrue } from './values/always-true.ts'
import { coarseBucket } from './values/coarse-bucket.ts'
import { floatEquality } from './values/float-equality.ts'
import { gaugeBeforeSet } from './values/gauge-before-set.ts'
import { nanPoison } from './values/nan-poison.ts'
import { neverTrue } from './values/never-true.ts'
import { wrongDimension } from './values/wrong-dimension.ts'
import { wrongScale } from './values/wrong-scale.ts'
import { absentLabels } from './windows/absent-labels.ts'
import { beforeFirstScrape } from './windows/before-first-scrape.ts'
import { counterNotThere } from './windows/counter-not-there.ts'
import { fewSamples } from './windows/few-samples.ts'
import { firstEvent } from './windows/first-event.ts'
import { forTooLong } from './windows/for-too-long.ts'
import { neverSetUnnoticed } from './windows/never-set-unnoticed.ts'
import { overRetention } from './windows/over-retention.ts'

/** Every check, in the order of the codes. */
export const checks: readonly Check[] = Object.freeze([
  ...[syntax, featureFlag, evaluationFails],
  ...[unknownMetric, unknownLabel, unknownValue, uselessRegex, lostLabel],
  ...[neverMatches, manyToMany, pinnedRatio, orSwallows],
  ...[bareCounter, rateOfGauge, rateOfSum, counterDifference],
  ...[quantileWithoutRate, quantileWithoutLe, averageOfQuantiles, noQuantile],
  ...[neverTrue, alwaysTrue, aboveTopBucket, coarseBucket, wrongDimension, wrongScale],
  ...[floatEquality, nanPoison, gaugeBeforeSet],
  ...[fewSamples, overRetention, forTooLong, firstEvent, counterNotThere, absentLabels, neverSetUnnoticed],
  beforeFirstScrape,
  ...[noComparison, templateLabel, routingLabel, identical, overlapping, noDownAlert, noRoute],
  ...[
    inhibition,
    criticalMuted,
    runbookPanel,
    runbookMetric,
    singleChannel,
    slowCritical,
    staleAfterRestart,
    runbookStep,
  ],
  ...[unwatchedMetric, unusedRecord, withoutUnit, twoUnits, legendLabel, variableLabel, emptyUnexplained],
  ...[seriesOfBot, seriesOfMetric],
  ...[allowExpired, allowUnused, allowUnreasoned, promtool, amtool, dryRun],
])

export const expressionChecks: readonly ExpressionCheck[] = checks.filter((check) => check.kind === 'expression')
export const botChecks: readonly BotCheck[] = checks.filter((check) => check.kind === 'whole')
export const reportedChecks: readonly ReportedCheck[] = checks.filter((check) => check.kind === 'reported')

const byCode = new Map<string, Check>(checks.map((check) => [check.code, check]))
export const checkOf = (code: string): Check | null => byCode.get(code) ?? null
