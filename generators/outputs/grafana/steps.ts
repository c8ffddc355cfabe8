import { type ThresholdsConfig, ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard'
import { type Severity, severities } from '../../../definitions/language/severity.ts'
import type { Threshold } from '../../model/model.ts'

/** A limit beyond which values are bad, in the unit that Grafana reads. */
export type LimitStep = Pick<Threshold, 'value' | 'severity' | 'bad'>

/** Colour bands from limits: between two of them, the colour of the worst severity that applies. */
export function thresholdSteps(limits: readonly LimitStep[], good: 'green' | 'transparent'): ThresholdsConfig {
  const bounds = [...new Set(limits.map((limit) => limit.value))].sort((a, b) => a - b)
  const bands = [null, ...bounds].map((value, i) => ({
    value,
    color: colourBetween(limits, value ?? -Infinity, bounds[i] ?? Infinity, good),
  }))
  return {
    mode: ThresholdsMode.Absolute,
    steps: bands.filter((band, i) => i === 0 || band.color !== bands[i - 1]?.color),
  }
}

function colourBetween(limits: readonly LimitStep[], from: number, to: number, good: string): string {
  const bad = limits.filter(({ bad, value }) => (bad === 'above' ? value <= from : value >= to))
  const worst = severities.find((severity) => bad.some((limit) => limit.severity === severity))
  return worst === undefined ? good : severityColours[worst]
}

/** The colour of a severity, the same everywhere. */
export const severityColours: Readonly<Record<Severity, string>> = { critical: 'red', warning: 'orange', info: 'blue' }
