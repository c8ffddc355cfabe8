import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readIfThere } from './machine.ts'

/** One archive in apt's configuration: an address, its suites and components, and the keyring files that sign it. */
export type AptSource = Readonly<{
  uri: string
  suites: readonly string[]
  components: readonly string[]
  signedBy: readonly string[]
}>

/** Every archive of binary packages in apt's configuration folder, in apt's order. */
export function readAptSources(aptDir: string): readonly AptSource[] {
  const parts = join(aptDir, 'sources.list.d')
  const main = parseOneLine(readIfThere(aptDir, 'sources.list') ?? '')
  return [...main, ...listed(parts).flatMap((name) => parsePart(name, readIfThere(parts, name) ?? ''))]
}

function parsePart(name: string, text: string): readonly AptSource[] {
  if (name.endsWith('.list')) return parseOneLine(text)
  return name.endsWith('.sources') ? parseDeb822(text) : []
}

/** Reads the one-line format: `deb [signed-by=/a.gpg] http://mirror/debian bookworm main contrib`. */
export function parseOneLine(text: string): readonly AptSource[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*deb\s+(?:\[([^\]]*)\]\s*)?(\S+)\s+([^#]+)/.exec(line.replace(/(^|\s)#.*/, ''))
    if (!match) return []
    const [, options = '', uri = '', rest = ''] = match
    const [suite = '', ...components] = words(rest)
    const signedBy = /(?:^|\s)signed-by=(\S+)/.exec(options)?.[1]?.split(',') ?? []
    return [{ uri: bare(uri), suites: [suite], components, signedBy: signedBy.filter(isFile) }]
  })
}

/** Reads the stanza format: `Types: deb`, `URIs:`, `Suites:`, `Components:`, `Signed-By:`, with continued lines. */
export function parseDeb822(text: string): readonly AptSource[] {
  return text
    .replace(/^#.*\n?/gm, '')
    .split(/\n\s*\n/)
    .flatMap((stanza) => {
      const field = fields(stanza)
      if (!words(field('types')).includes('deb') || /^(no|false|0|off)$/i.test(field('enabled').trim())) return []
      // a key embedded in the file is not a keyring file; the distribution's keyrings are used instead
      const signedBy = words(field('signed-by')).filter(isFile)
      return words(field('uris')).map((uri) => ({
        uri: bare(uri),
        suites: words(field('suites')),
        components: words(field('components')),
        signedBy,
      }))
    })
}

/** Reads `Name: value` lines and their continuations; the reader returns '' for a missing field. */
export function fields(stanza: string): (name: string) => string {
  const found = new Map<string, string>()
  let current = ''
  for (const line of stanza.split('\n')) {
    const match = /^([\w-]+):(.*)$/.exec(line)
    if (match) {
      current = (match[1] ?? '').toLowerCase()
      found.set(current, (match[2] ?? '').trim())
    } else if (/^\s/.test(line)) {
      found.set(current, `${found.get(current) ?? ''}\n${line}`)
    }
  }
  return (name) => found.get(name) ?? ''
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean)
}

function isFile(path: string): boolean {
  return path.startsWith('/')
}

function bare(uri: string): string {
  return uri.replace(/\/+$/, '')
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}
