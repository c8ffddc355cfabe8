// The libraries sort their test ids by version when they load: plain versions such as 11.5.0, and nothing else.
const parts = (version) => version.split('.').map(Number)

export const valid = (version) => (/^\d+\.\d+\.\d+$/.test(version) ? version : null)

export const compare = (a, b) => {
  const [left, right] = [parts(a), parts(b)]
  const first = left.findIndex((part, i) => part !== right[i])
  return first < 0 ? 0 : left[first] - right[first]
}

export const gte = (a, b) => compare(a, b) >= 0
