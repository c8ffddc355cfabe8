import type { Finding, Subject } from '../model/finding.ts'
import type { CheckFinding } from './check.ts'
import { checkOf, reportedChecks } from './index.ts'

/** Defects that definitions and generation find themselves, and the checks that mean the same. */
const alike: ReadonlyMap<string, string> = new Map([
  ['metric-undeclared', 'BW101'],
  ['quantile', 'BW308'],
  ['retention', 'BW502'],
  ['alert-condition', 'BW601'],
  ['summary-label', 'BW602'],
  ['alert-label-lost', 'BW603'],
  ['mute-critical', 'BW609'],
  ...reportedChecks.flatMap(({ code, defects }) => defects.map((defect) => [defect, code] as const)),
])

/** The defects that stop generation, as findings: under a check's code if one means the same, and never twice. */
export function fromDefects(defects: readonly Finding[], found: readonly CheckFinding[]): readonly CheckFinding[] {
  const said = new Set(found.map(({ code, of }) => `${code} ${of}`))
  const anywhere = new Set(found.map(({ code }) => code))
  return defects.flatMap(({ code: word, severity, message, fix, of, key, where, in: place = null }) => {
    const check = checkOf(alike.get(word) ?? '')
    const subject: Subject = { of, key, where }
    if (check === null) return [{ ...subject, code: word, name: word, severity, message, fix, in: place }]
    // the retention belongs to the bot, the window that is too long to a rule
    if (said.has(`${check.code} ${of}`) || (word === 'retention' && anywhere.has(check.code))) return []
    return [{ ...subject, code: check.code, name: check.name, severity: check.severity, message, fix, in: place }]
  })
}
