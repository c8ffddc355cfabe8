import type { Proofs } from './case.ts'

/** What proves that a bot without a scrape target is reported in an environment. */
export const absentTarget = (bot: string, env: string): Proofs[string] => ({
  fires: {
    'the target is removed from the list': {
      given: { [`up{env="${env}"}`]: '1x7 stale _x31 1x19' },
      from: '4m',
      to: '10m',
      labels: { bot, env, job: bot, severity: 'critical' },
      says: 'Prometheus has no scrape target for the bot: it is not monitored at all',
    },
  },
  silent: {
    'it is down, but still scraped': { [`up{env="${env}"}`]: '1x7 0x40' },
    'it is missing from the list for less than two minutes': { [`up{env="${env}"}`]: '1x7 stale _x7 1x40' },
  },
  healthy: { [`up{env="${env}"}`]: '1x60' },
})
