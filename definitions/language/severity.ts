/** How bad it is that an alert fires: `critical` means act now, `warning` soon, `info` is worth knowing. */
export type Severity = 'info' | 'warning' | 'critical'

/** Every severity, worst first: the order in which they are listed, evaluated and reported. */
export const severities: readonly Severity[] = Object.freeze(['critical', 'warning', 'info'] as const)
