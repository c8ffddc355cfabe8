import { readFileSync } from 'node:fs'
import { displayPath, ownFrames } from './frames.ts'
import { definitionAt } from './locate.ts'

/** What an author needs to know about an error in loading definitions: file and line, the definition, what is wrong, and the line itself. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return `  something other than an Error was thrown: ${String(error)}`
  const stack = error.stack ?? ''
  const place = transformed.exec(error.message) ?? named.exec(stack)
  if (place?.groups !== undefined) {
    const { path = '', line = '', what } = place.groups
    return told(path.replace(/^file:\/\//, ''), Number(line), what ?? `${error.name}: ${error.message}`)
  }
  // The language adds which definition it is and keeps the author's own error, whose stack leads to the line.
  const [inner, ...outer] = [...chain(error)].reverse().flatMap((one) => ownFrames(one.stack ?? ''))
  if (inner === undefined) return `  ${error.message.split('\n').join('\n  ')}`
  const called = [...new Set(outer.map((frame) => `  called at ${displayPath(frame.path)}:${frame.line}`))]
  return [told(inner.path, inner.line, `${error.name}: ${error.message}`), ...called.slice(0, 3)].join('\n')
}

const chain = (error: unknown): readonly Error[] => (error instanceof Error ? [error, ...chain(error.cause)] : [])

/** How tsx reports a file that is not valid TypeScript, and how Node reports one that it cannot link. */
const transformed = /^(?<path>\/.*?):(?<line>\d+):\d+: ERROR: (?<what>.*)$/m
const named = /^(?<path>(?:file:\/\/)?\/.*?):(?<line>\d+)\n/

function told(path: string, line: number, what: string): string {
  const text = lineAt(path, line)
  const marker = /^(<{7}|={7}|>{7}|\|{7})( |$)/.test(text)
  const definition = marker ? '' : definitionAt(path, line)
  return [
    `  ${displayPath(path)}:${line}${definition === '' ? '' : `, in ${definition}`}`,
    `  ${marker ? 'a merge marker: resolve the conflict' : what}`,
    ...(text === '' ? [] : [`  > ${text.trim()}`]),
  ].join('\n')
}

function lineAt(path: string, line: number): string {
  try {
    return readFileSync(path, 'utf8').split('\n')[line - 1] ?? ''
  } catch {
    return ''
  }
}
