import type { ExposedFamily, ExpositionFormat } from './exposition.ts'
import { type ContractMetric, declaredName, metricName, typeName } from './names.ts'
import { jsonQuote, type Violation, violation } from './violation.ts'

/** A family's declaration: its type, help and unit. */
export function declarationViolations(
  metric: ContractMetric,
  family: ExposedFamily,
  format: ExpositionFormat,
  strict: boolean,
): readonly Violation[] {
  const found: Violation[] = []
  const say = (of: Pick<Violation, 'code' | 'given' | 'expected' | 'fix'>) =>
    found.push(violation(strict, { metric: metric.name, line: family.line, ...of }))
  const type = typeName(metric, format)
  if (family.type !== type)
    say({
      code: 'type',
      given: family.type ?? 'no TYPE line',
      expected: type,
      fix: `declare it as ${article(metric.kind)}`,
    })
  if (family.help !== metric.help)
    say({
      code: 'help',
      given: family.help === null ? 'no HELP line' : jsonQuote(family.help),
      expected: jsonQuote(metric.help),
      fix: 'copy the help text from the contract exactly',
    })
  if (format === 'openmetrics' && family.unit !== metric.exposedUnit)
    say({
      code: 'unit',
      given: family.unit === null ? 'no UNIT line' : jsonQuote(family.unit),
      expected: metric.exposedUnit ?? 'no UNIT line',
      fix:
        metric.exposedUnit === null
          ? 'declare it without a unit'
          : `declare the unit ${metric.exposedUnit}, the suffix of its name`,
    })
  if (family.name !== declaredName(metric, format) && family.type === type)
    say({
      code: 'name',
      given: metricName(family, format),
      expected: metric.name,
      fix: 'rename it: rules and dashboards use the declared name',
    })
  return found
}

function article(kind: ContractMetric['kind']): string {
  switch (kind) {
    case 'counter':
      return 'a counter, which only grows'
    case 'gauge':
      return 'a gauge'
    case 'histogram':
      return 'a histogram'
    case 'info':
      return 'an info; in the text format that is a gauge'
    case 'stateSet':
      return 'a state set (Enum in Python); in the text format that is a gauge'
  }
}
