/** The fixed words of messages: another language is one more such table. They are plain text, without markup. */
export const words = Object.freeze({
  firing: 'FIRING',
  resolved: 'RESOLVED',
  severity: Object.freeze({ critical: 'critical', warning: 'warning', info: 'info' }),
  since: 'since',
  after: 'after',
  /** `count` is a number, or what a template puts there. */
  andMore: (count: string) => `and ${count} more`,
  nextSteps: 'Next steps',
  because: (step: string, why: string) => `${step} — ${why}`,
  panel: 'Panel',
  runbook: 'Runbook',
  lookAt: (panel: string) => `Look at ${panel}`,
  run: (command: string) => `Run ${command}`,
  /** Day and time in the words of Go's layout. */
  dayAndTime: '2 Jan 15:04 MST',
})
