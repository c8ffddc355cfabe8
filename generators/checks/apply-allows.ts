import type { Allow } from '../../definitions/language/allow.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import type { Subject } from '../model/finding.ts'
import { allowExpired, allowUnreasoned, allowUnused } from './allowed/checks.ts'
import type { CheckDescription, CheckFinding } from './check.ts'
import { checkOf } from './index.ts'
import { alertSubject, botSubject, metricSubject, panelSubject, recordSubject } from './subjects.ts'

/** An allowed finding, and the definition that allows it. */
interface Allowed {
  readonly subject: Subject
  readonly allow: Allow
}

const allowedIn = (bot: Bot): readonly Allowed[] => {
  const on = (subject: Subject, all: readonly Allow[]) => all.map((allow) => ({ subject, allow }))
  const panels = Object.values(bot.dashboards).flatMap((board) => Object.values(board.panels))
  return [
    ...on(botSubject(bot), bot.allow),
    ...Object.values(bot.metrics).flatMap((metric) => on(metricSubject(metric), metric.allow)),
    ...bot.records.flatMap((record) => on(recordSubject(record), record.allow)),
    ...bot.alerts.flatMap((alert) => on(alertSubject(alert), alert.allow)),
    ...panels.flatMap((panel) => on(panelSubject(panel), panel.allow)),
  ]
}

/** The findings without those that definitions allow, plus what is wrong with the allowances themselves; `today` decides expiry. */
export function applyAllows(bot: Bot, found: readonly CheckFinding[], today: string): readonly CheckFinding[] {
  const all = allowedIn(bot)
  if (all.length === 0) return found
  const own: CheckFinding[] = []
  const letStand = new Set<CheckFinding>()
  for (const one of all) {
    const wrong = wrongWith(one)
    if (wrong !== null) {
      own.push(wrong)
      continue
    }
    const { subject, allow } = one
    const meant = found.filter(({ code, of }) => code === allow.check && of === subject.of)
    if (meant.length === 0)
      own.push(
        said(
          allowUnused,
          subject,
          `it allows ${allow.check} (${allow.reason}), which finds nothing here`,
          'remove the allow()',
        ),
      )
    else if (allow.until !== null && allow.until < today)
      own.push({
        ...said(
          allowExpired,
          subject,
          `it allowed ${allow.check} until ${allow.until} (${allow.reason}), but the finding is still there: ${meant[0]?.message}`,
          'fix it, or set a later date',
        ),
        in: meant[0]?.in ?? null,
      })
    for (const one of meant) letStand.add(one)
  }
  return [...found.filter((one) => !letStand.has(one)), ...own]
}

function wrongWith({ subject, allow: { check, reason, until } }: Allowed): CheckFinding | null {
  const known = checkOf(check)
  if (known === null || /^BW9/.test(check))
    return said(
      allowUnused,
      subject,
      known === null ? `it allows ${check}, but there is no such check` : `it allows ${check}, which cannot be allowed`,
      'use the code of a check',
    )
  if (reason.trim() === '')
    return said(allowUnreasoned, subject, `it allows ${check} without a reason`, 'say why it may stay')
  if (until !== null && !isDay(until))
    return said(
      allowUnreasoned,
      subject,
      `it allows ${check} until '${until}', which is not a date`,
      'write a date such as 2027-01-31',
    )
  return null
}

/** Whether a text such as `2027-02-28` is a date that exists. */
function isDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).slice(1).map(Number)
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
  return year > 0 && day >= 1 && day <= days
}

const said = (check: CheckDescription, subject: Subject, message: string, fix: string): CheckFinding => ({
  ...subject,
  code: check.code,
  name: check.name,
  severity: check.severity,
  message,
  fix,
  in: null,
})
