import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A line of a file of definitions, from an error's stack. */
interface Frame {
  readonly path: string
  readonly line: number
}

const shape = /^at (?:async )?(?:.*? \()?((?:file:\/\/)?\/.*?)(?:\?[^:]*)?:(\d+):\d+\)?$/

/** The frames of a stack that are in the author's own files, innermost first: neither the language's nor a package's. */
export function ownFrames(stack: string): readonly Frame[] {
  return stack.split('\n').flatMap((line) => {
    const found = shape.exec(line.trim())
    if (found === null) return []
    const path = plain(found[1] as string)
    return isOurs(path) ? [] : [{ path, line: Number(found[2]) }]
  })
}

/** A path as a person would type it here: relative if it is below this folder. */
export function displayPath(path: string): string {
  const short = relative(process.cwd(), path)
  return short.startsWith(`..${sep}`) ? path : short
}

/** There may be two copies of the language: in this package, and in the runtime's, from which a bot imports it. */
const isOurs = (path: string) => /\/(definitions\/language|node_modules)\//.test(path) || path.startsWith(generators)
const generators = fileURLToPath(new URL('../', import.meta.url))

const plain = (path: string) => (path.startsWith('file:') ? fileURLToPath(path) : path)
