/** A version for comparison with a minimum: three numbers, and whether it is a pre-release (rc, beta, Debian's `~`). */
type Version = Readonly<{ major: number; minor: number; patch: number; before: boolean }>

/** Reads the first version in a text, such as `v2.40.3`, `1:3.5.3+ds1-6` or a whole `--version` output; undefined if there is none. */
export function parseVersion(text: string): Version | undefined {
  const match = /(?<![\d.])(\d+)\.(\d+)(?:\.(\d+))?([-~](?:rc|beta|alpha))?/i.exec(text)
  if (!match) return undefined
  const [, major, minor, patch, before] = match
  return { major: Number(major), minor: Number(minor), patch: Number(patch ?? 0), before: before !== undefined }
}

/** Negative if `a` is older than `b`, positive if it is newer, otherwise zero. */
function compareVersions(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch || Number(b.before) - Number(a.before)
}

/** A version as `3.5.3`, without what a distribution appends. */
export function printVersion({ major, minor, patch }: Version): string {
  return `${major}.${minor}.${patch}`
}

/** Whether the version in a text is at least `minimum`; false if it has none. */
export function isAtLeast(text: string, minimum: string): boolean {
  const version = parseVersion(text)
  const least = parseVersion(minimum)
  return version !== undefined && least !== undefined && compareVersions(version, least) >= 0
}
