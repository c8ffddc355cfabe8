import { last_over_time, max_over_time, timestamp, type Vector } from '../language/index.ts'

const none = timestamp(0)

/**
 * Until when an exchange bans the bot, from a gauge that is 0 after a restart: a process that was restarted does not know
 * of a ban, so what an earlier one said last counts, for the three days that a ban lasts at most. A process that lifts a
 * ban early says so with the time at which it ended.
 */
export const bannedUntil = <L extends string>(until: Vector<L, 'timestamp'>): Vector<L, 'timestamp'> =>
  until
    .gt(none)
    // said less than a minute before the restart, which the steps of the last one can miss
    .or(max_over_time(until.over('5m')).gt(none))
    .or(last_over_time(until.gt(none).over('3d', '1m')))
    .or(until)
