// The libraries sort their test ids by version when they load: plain versions such as 11.5.0, and nothing else.
const parts = (version: string) => version.split('.').map(Number)

export const valid = (version: string): string | null => (/^\d+\.\d+\.\d+$/.test(version) ? version : null)

export const compare = (a: string, b: string): number => {
  const [left, right] = [parts(a), parts(b)]
  const first = left.findIndex((part, i) => part !== right[i])
  return first < 0 ? 0 : (left[first] ?? 0) - (right[first] ?? 0)
}

export const gte = (a: string, b: string): boolean => compare(a, b) >= 0
