/** A part of a bot's folder in `out/` that can be left out. */
export type OutputName =
  | 'prometheus'
  | 'alertmanager'
  | 'grafana'
  | 'compose'
  | 'runbooks'
  | 'reference'
  | 'contract'
  | 'python'
  | 'logs'

/** Every output, the default for a bot. */
export const allOutputs: readonly OutputName[] = Object.freeze([
  'prometheus',
  'alertmanager',
  'grafana',
  'compose',
  'runbooks',
  'reference',
  'contract',
  'python',
  'logs',
])
