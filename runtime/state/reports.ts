import type { Reports } from './state-file.ts'

interface Sinks {
  readonly errors?: { readonly inc: () => void }
  readonly log?: (message: string) => void
}

type Failure = 'file' | 'value'

/** Reports about a value and the file that keeps it. */
export interface ValueReports {
  readonly failed: (of: Failure, what: string) => void
}

/** Reports about what is kept, such as `an opening value`: counts every failure and logs the first of its kind; a state file that was written again starts over. */
export function createReports(
  kept: string,
  { errors, log = console.warn }: Sinks,
): ValueReports & { readonly ofFile: Reports } {
  const logged = new Set<Failure>()
  const failed = (of: Failure, what: string): void => {
    quietly(() => errors?.inc())
    if (logged.has(of)) return
    logged.add(of)
    quietly(() => log(`botwatch: ${kept.replace(/^an? /, '')}: ${what}; repeats are counted, not logged`))
  }
  return Object.freeze({
    failed,
    ofFile: Object.freeze({
      of: kept,
      failed: (what: string) => failed('file', what),
      written: () => logged.delete('file'),
    }),
  })
}

/** An error of the counter or the log must not reach the bot. */
function quietly(report: () => void): void {
  try {
    report()
  } catch {}
}
