import { createHash } from 'node:crypto'

/** The longest uid that Grafana accepts. */
const longest = 40

/** A name as a fixed uid of Grafana: itself, or a hash of it if it is too long or has other characters than a uid may have. */
export const uidOf = (name: string): string =>
  name.length <= longest && /^[\w-]+$/.test(name)
    ? name
    : createHash('sha256').update(name).digest('hex').slice(0, longest)
