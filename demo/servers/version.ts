/** A version as far as minimums need it: three numbers, and whether it comes before its release (rc, beta, Debian's `~`). */
type Version = Readonly<{ major: number; minor: number; patch: number; before: boolean }>

/** Reads the first version in a text, such as `v2.40.3`, `1:3.5.3+ds1-6` or a whole `--version` output; undefined without one. */
export function parseVersion(text: string): Version | undefined {
  const match = /(?<![\d.])(\d+)\.(\d+)(?:\.(\d+))?([-~](?:rc|beta|alpha))?/i.exec(text)
  if (!match) return undefined
  const [, major, minor, patch, before] = match
  return { major: Number(major), minor: Number(minor), patch: Number(patch ?? 0), before: before !== undefined }
}

/** Negative when `a` is older than `b`, positive when it is newer, else zero. */
function compareVersions(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch || Number(b.before) - Number(a.before)
}

/** Prints a version as `3.5.3`, without what a distribution appends. */
export function printVersion({ major, minor, patch }: Version): string {
  return `${major}.${minor}.${patch}`
}

/** Whether the version that a text names is at least `minimum`; false when the text names none. */
export function isAtLeast(text: string, minimum: string): boolean {
  const version = parseVersion(text)
  const least = parseVersion(minimum)
  return version !== undefined && least !== undefined && compareVersions(version, least) >= 0
}
