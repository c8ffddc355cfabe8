import type { Proofs, Target } from './case.ts'

/** The cases of the alert on scrape jobs, which every bot has. */
export function targetProofs({ bot, env }: Target): Proofs {
  const up = (job: string) => `up{job="${job}", instance="${job}"}`
  const down = (job: string) => ({
    given: {
      [up(job)]: '1x7 0x31 1x19',
      [up('other')]: '0x60',
      up: '1x60',
    },
    from: '4m',
    to: '10m',
    labels: { bot, env, instance: job, job, severity: 'warning' },
    says: `${job} has not answered a scrape for two minutes: alerts that need it cannot fire`,
  })
  return {
    TargetDown: {
      fires: {
        'node exporter is down': down('node-exporter'),
        'Prometheus cannot scrape itself': down('prometheus'),
        'Alertmanager is down': down('alertmanager'),
      },
      silent: {
        'it is restarted': { [up('node-exporter')]: '1x7 0x6 1x40' },
        'the bot is down, which has its own alert': { up: '1x7 0x40', [up('node-exporter')]: '1x60' },
      },
      healthy: { [up('node-exporter')]: '1x60', [up('prometheus')]: '1x60', [up('alertmanager')]: '1x60' },
    },
  }
}
