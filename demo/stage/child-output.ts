import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

/** How long a process may take until it has printed what shows that it is ready, in milliseconds. */
const startWithin = 30_000

/** What a process prints. */
interface ChildOutput {
  /** Its last lines, of both streams. */
  readonly lines: readonly string[]
  /** The first match of each pattern; rejects, with the last lines, if the process ends or takes too long before that. */
  readonly ready: Promise<readonly string[]>
}

/** Collects the output of a process until it ends; `what` names it in errors. */
export function childOutput(child: ChildProcess, what: string, patterns: readonly RegExp[]): ChildOutput {
  const lines: string[] = []
  const ready = new Promise<readonly string[]>((resolve, reject) => {
    const found = new Map<RegExp, string>()
    const fail = (why: string) => {
      clearTimeout(timer)
      reject(new Error(`${what} ${why}. Its output:\n${lines.slice(-20).join('\n') || 'nothing'}`))
    }
    const timer = setTimeout(() => fail(`did not start within ${startWithin / 1000} s`), startWithin)
    const exited = (code: number | null, signal: string | null) => fail(`exited with ${signal ?? code}`)
    child.once('exit', exited)
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue
      createInterface({ input: stream }).on('line', (line) => {
        if (lines.push(line) > 200) lines.shift()
        for (const pattern of patterns) {
          const match = pattern.exec(line)?.[1]
          if (match !== undefined) found.set(pattern, match)
        }
        if (found.size < patterns.length) return
        clearTimeout(timer)
        child.off('exit', exited)
        resolve(patterns.map((pattern) => found.get(pattern) as string))
      })
    }
  })
  return { lines, ready }
}
