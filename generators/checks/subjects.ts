import type { AnyAlert } from '../../definitions/language/alert.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import type { Metric } from '../../definitions/language/metric.ts'
import type { AnyPanel } from '../../definitions/language/panel.ts'
import type { AnyRecord } from '../../definitions/language/record.ts'
import type { Subject } from '../model/finding.ts'

type Placed = Pick<Subject, 'key' | 'where'>
const subject = (of: string, { key, where }: Placed): Subject => ({ of, key, where })

export const alertSubject = (alert: AnyAlert): Subject => subject(`alert ${alert.name}`, alert)
export const recordSubject = (record: AnyRecord): Subject => subject(`recording rule ${record.name}`, record)
export const panelSubject = (panel: AnyPanel): Subject => subject(`panel ${panel.name}`, panel)
export const metricSubject = (metric: Metric): Subject => subject(`metric ${metric.name}`, metric)
export const botSubject = (bot: Bot): Subject => subject(`bot ${bot.name}`, { key: '', where: bot.where })
