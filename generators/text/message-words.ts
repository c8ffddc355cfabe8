/** The fixed words of messages, as plain text without markup. */
export const messageWords = Object.freeze({
  firing: 'FIRING',
  resolved: 'RESOLVED',
  severity: Object.freeze({ critical: 'critical', warning: 'warning', info: 'info' }),
  /** Before a summary that is over. */
  noLonger: 'no longer true:',
  since: 'since',
  after: 'after',
  /** `count` is a number, or a placeholder that a template fills in. */
  andMore: (count: string) => `and ${count} more`,
  nextSteps: 'Next steps',
  because: (step: string, why: string) => `${step} — ${why}`,
  panel: 'Panel',
  runbook: 'Runbook',
  lookAt: (panel: string) => `Look at ${panel}`,
  check: (what: string) => `Check ${what}`,
  run: (command: string) => `Run ${command}`,
  /** Day and time as a Go layout. */
  dayAndTime: '2 Jan 15:04 MST',
})
