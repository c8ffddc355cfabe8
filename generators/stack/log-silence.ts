/** What it means that vmalert is silent. */
export const logSilence =
  'vmalert does not answer, or evaluates nothing, as when VictoriaLogs is down. No alert on lines of the log can fire now, and none is reported as resolved. Alerts on metrics still work.'

/** What to do then, most urgent first; a message has room for the first two. */
export const logSilenceSteps: readonly string[] = Object.freeze([
  'Run `docker compose up -d vmalert victoria-logs`: starts what is not running',
  'Check the logs with `docker compose logs --tail 50 vmalert victoria-logs`: why did it stop?',
  'Run `botwatch logs --level warn --since 1h`: what would its alerts have reported? If the store does not answer, read the bot’s own log file, which is complete',
  'Check the disks with `df -h`: is the one of the store full?',
  'Once it is back, alerts on lines look at their last window only and begin each `for` again: what happened before that is reported by nothing',
])
