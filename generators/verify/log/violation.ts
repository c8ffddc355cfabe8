/** How a log can differ from the declared events. */
type LogViolationCode =
  | 'json'
  | 'utf-8'
  | 'size'
  | 'event'
  | 'missing'
  | 'extra'
  | 'type'
  | 'value'
  | 'level'
  | 'time'
  | 'bot'
  | 'secret'
  | 'duplicate'
  | 'gap'
  | 'faults'
  | 'update'
  | 'no-event'
  | 'no-run'

/** A line of a log file. */
export interface FileLine {
  readonly file: string
  readonly line: number
}

/** One way in which one line differs: what was given, what was expected, why that matters and what to do. */
export interface LogFlaw {
  readonly code: LogViolationCode
  /** The event of the line; null if it has none that is declared. */
  readonly event: string | null
  /** What else flaws of this code and event have in common if they are the same, such as the field. */
  readonly of: string
  readonly given: string
  readonly expected: string
  readonly fix: string
}

/** Flaws that are the same, with the first of them as an example. */
export interface LogViolation extends Omit<LogFlaw, 'of'>, FileLine {
  /** Whether it breaks the contract. */
  readonly refused: boolean
  /** How many there are. */
  readonly count: number
}

/** Codes that are only noted, not refused, unless strict. */
const tolerated: ReadonlySet<LogViolationCode> = new Set<LogViolationCode>(['no-event'])

/** Violations of one code that are listed one by one; a log may have a million event names. */
const mostOfCode = 20

/** What was found in a log, in constant memory. */
export interface LogViolations {
  readonly add: (flaw: LogFlaw, at: FileLine, count?: number) => void
  readonly all: () => LogViolation[]
  /** How many more there are of each code, beyond those that are listed one by one. */
  readonly more: () => Readonly<Partial<Record<LogViolationCode, number>>>
}

/** Counts the flaws of a log, and keeps one example of those that are the same. */
export function createViolations(strict: boolean): LogViolations {
  const groups = new Map<string, { readonly first: Omit<LogViolation, 'count'>; count: number }>()
  const sizes = new Map<LogViolationCode, number>()
  const more = new Map<LogViolationCode, number>()
  return {
    add({ of, ...flaw }, { file, line }, count = 1) {
      const { code, event } = flaw
      const key = JSON.stringify([code, event, of])
      const group = groups.get(key)
      const size = sizes.get(code) ?? 0
      if (group !== undefined) group.count += count
      else if (size >= mostOfCode) more.set(code, (more.get(code) ?? 0) + count)
      else {
        sizes.set(code, size + 1)
        groups.set(key, { first: { ...flaw, file, line, refused: strict || !tolerated.has(code) }, count })
      }
    },
    all: () => [...groups.values()].map(({ first, count }) => ({ ...first, count })),
    more: () => Object.fromEntries(more),
  }
}
