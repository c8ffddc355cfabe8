import { join } from 'node:path'
import { z } from 'zod'
import { isReserved, manifestPath, pathProblem } from './path.ts'
import type { Problem } from './problem.ts'
import { sha256 } from './tree.ts'

/** The newest manifest format that this version reads, and the one it writes. */
const manifestFormat = 1

/** The files of the last generation by path, each with the SHA-256 of its bytes in hexadecimal. */
export type Manifest = ReadonlyMap<string, string>

const manifestSchema = z.strictObject({
  format: z.literal(manifestFormat),
  files: z.record(
    z
      .string()
      .refine(
        (path) => pathProblem(path) === undefined && !isReserved(path),
        'is not allowed as the path of a generated file',
      ),
    z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal'),
  ),
})

/** The manifest's text for these files; the same files always give the same bytes. */
export const printManifest = (files: ReadonlyMap<string, string>): string => {
  const hashes = [...files.keys()].sort().map((path) => [path, sha256(files.get(path) ?? '')])
  return `${JSON.stringify({ format: manifestFormat, files: Object.fromEntries(hashes) }, null, 2)}\n`
}

/** Reads a manifest's text; an invalid text is a problem, never an empty manifest. */
export const parseManifest = (target: string, text: string): Manifest | Problem => {
  const path = join(target, manifestPath)
  const broken = (message: string): Problem => ({ code: 'broken-manifest', path, message, fix: restore(path) })
  if (/^(<{7}|={7}|>{7})( |\r?$)/m.test(text)) {
    return {
      code: 'broken-manifest',
      path,
      message: 'contains merge markers (`<<<<<<<`), so botwatch cannot tell which files are generated.',
      fix: `Take either side (\`git checkout --ours -- ${target}\`), then run generate, with \`--force\` if it reports hand-edited files.`,
    }
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return broken('is not JSON, so botwatch cannot tell which files are generated.')
  }
  const format = z.object({ format: z.number() }).safeParse(json)
  if (format.success && format.data.format > manifestFormat) {
    return {
      code: 'newer-manifest',
      path,
      message: `has format ${format.data.format}; this version of botwatch reads formats up to ${manifestFormat}.`,
      fix: 'Use the newer botwatch that wrote it.',
    }
  }
  const manifest = manifestSchema.safeParse(json)
  if (!manifest.success) {
    const [issue] = manifest.error.issues
    return broken(`is not a valid manifest: ${[...(issue?.path ?? []), issue?.message].join(': ')}.`)
  }
  return new Map(Object.entries(manifest.data.files))
}

const restore = (path: string): string =>
  `Restore it from version control (\`git checkout -- ${path}\`), or move it and all generated files away, then run again.`
