import { milliseconds } from '../../definitions/language/duration.ts'
import type { Model } from '../model/model.ts'
import { prometheusAlertFlags } from './alert-timing.ts'
import { keepsLogs } from './logs.ts'

/** The flags of Prometheus in a container. */
export const prometheusCommand = (model: Model): readonly string[] => [
  `--config.file=${model.topology.prometheusFolder}/prometheus.yml`,
  '--storage.tsdb.path=/prometheus',
  `--storage.tsdb.retention.time=${model.bot.stack.retention}`,
  `--storage.tsdb.retention.size=${retentionSize(model)}`,
  '--web.enable-lifecycle',
  // vmalert writes which of its alerts fire
  ...(keepsLogs(model.bot) ? ['--web.enable-remote-write-receiver'] : []),
  ...prometheusAlertFlags,
]

/** How much disk samples may use: twice what the largest possible number of series needs over the retention time. */
export function retentionSize({ bot, seriesBound }: Pick<Model, 'bot' | 'seriesBound'>): string {
  const { retention, scrape } = bot.stack
  const samples = (seriesBound * (milliseconds(retention) ?? 0)) / (milliseconds(scrape.bot) || 10_000)
  return `${Math.max(Math.ceil((samples * bytesASample * 2) / 2 ** 30), leastGigabytes)}GB`
}

/** Prometheus' own planning figure; a compressed sample takes one to two bytes. */
const bytesASample = 2
/** The least that the write-ahead log and the newest block need. */
const leastGigabytes = 2
