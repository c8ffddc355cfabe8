import { bannedUntil } from '../exchange/ban.ts'
import { record, records } from '../language/index.ts'
import { metrics } from './series.ts'

/** Recorded series that rules and panels query by name. */
export const recordingRules = records('arbot', {
  banned_until_timestamp: record({
    help: 'Unix time until which an exchange bans the bot, also if a restart has made it forget the ban.',
    of: bannedUntil(metrics.banned_until_timestamp),
  }),
})
