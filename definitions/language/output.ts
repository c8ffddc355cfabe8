/** A part of a bot's folder in `out/` that a bot can do without. */
export type OutputName =
  | 'prometheus'
  | 'alertmanager'
  | 'grafana'
  | 'compose'
  | 'runbooks'
  | 'reference'
  | 'contract'
  | 'python'

/** Every output, which is what a bot gets that does not choose. */
export const allOutputs: readonly OutputName[] = Object.freeze([
  'prometheus',
  'alertmanager',
  'grafana',
  'compose',
  'runbooks',
  'reference',
  'contract',
  'python',
])
