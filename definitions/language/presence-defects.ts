import { type Defect, defect } from './defect.ts'
import { durationDefects } from './duration.ts'
import type { Metric } from './metric.ts'
import { existsFromStart } from './presence.ts'

/** Defects of a deadline: one that always holds, two at once, or one without a reason. */
export function presenceDefects(name: string, metric: Metric): readonly Defect[] {
  const { mustBeSetWithin, mayBeAbsent, initially } = metric
  const found: Defect[] = []
  const absent =
    mayBeAbsent === null || mayBeAbsent.for === 'forever' ? 'absent forever' : `absent for ${mayBeAbsent.for}`
  if (mustBeSetWithin !== null) found.push(...durationDefects(mustBeSetWithin, `${name}: mustBeSetWithin`))
  if (mayBeAbsent !== null && mayBeAbsent.for !== 'forever')
    found.push(...durationDefects(mayBeAbsent.for, `${name}: mayBeAbsent.for`))
  if (mayBeAbsent !== null && mayBeAbsent.because.trim() === '')
    found.push(
      defect(
        'may-be-absent-reason',
        `${name} may be ${absent}, but does not say why`,
        'give the reason in mayBeAbsent.because, or use mustBeSetWithin',
      ),
    )
  if (mustBeSetWithin !== null && mayBeAbsent !== null)
    found.push(
      defect(
        'must-be-set-absent',
        `${name} must be set within ${mustBeSetWithin}, but may be ${absent}`,
        'remove mustBeSetWithin or mayBeAbsent',
      ),
    )
  const option = mustBeSetWithin !== null ? 'mustBeSetWithin' : 'mayBeAbsent'
  const says = mustBeSetWithin !== null ? `must be set within ${mustBeSetWithin}` : `may be ${absent}`
  if ((mustBeSetWithin !== null || mayBeAbsent !== null) && existsFromStart(metric))
    found.push(
      initially === null
        ? defect(
            'must-be-set-age',
            `${name} ${says}, but an age without open labels is exposed from the start: it would never look unset`,
            `remove ${option}: the age itself grows until it is first touched`,
          )
        : defect(
            'must-be-set-initially',
            `${name} ${says}, but starts at ${initially}: it would never look unset`,
            `remove ${option} or initially`,
          ),
    )
  return found
}
