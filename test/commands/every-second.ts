import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'

interface Job {
  readonly job_name: string
}

/** Makes a generated Prometheus scrape every second, with what `more` adds to each job. */
export function scrapeEverySecond(folder: string, more: (job: Job) => object = () => ({})): void {
  change<{ scrape_configs: Job[] }>(join(folder, 'prometheus/prometheus.yml'), ({ scrape_configs }) => {
    for (const job of scrape_configs) Object.assign(job, { scrape_interval: '1s', scrape_timeout: '1s' }, more(job))
  })
}

/** Makes a generated Prometheus evaluate its rules every second. */
export function evaluateEverySecond(folder: string): void {
  for (const name of ['alerts.yml', 'recording.yml'])
    change<{ groups: object[] }>(join(folder, 'prometheus', name), ({ groups }) => {
      for (const group of groups) Object.assign(group, { interval: '1s' })
    })
}

/** Changes a YAML file, which is renamed into place as the writer does. */
export function change<T>(path: string, edit: (content: T) => void): void {
  const content = parse(readFileSync(path, 'utf8')) as T
  edit(content)
  rmSync(path)
  writeFileSync(path, stringify(content))
}
