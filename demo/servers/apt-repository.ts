import { type AptSource, fields } from './apt-sources.ts'
import { decompressAll } from './archive.ts'
import { downloadBytes, type ExpectedFile } from './download.ts'
import { type Machine, once } from './machine.ts'
import { verifyInRelease } from './signature.ts'

/** A package from a suite's index; `url` is the .deb. */
export type DebianPackage = Readonly<{ name: string; version: string; url: string; expected: ExpectedFile }>

/** A suite of an archive, such as testing on the machine's own mirror. */
type Suite = Readonly<{ source: AptSource; name: string }>

/** The suites to search: testing (Ubuntu: devel) on the machine's mirror first, then the machine's own suites. */
export function suitesToTry(sources: readonly AptSource[]): readonly Suite[] {
  const mirrors = sources.filter(
    ({ uri, components }) => isDistribution(uri) && components.some((c) => /^(main|universe)$/.test(c)),
  )
  const newest = mirrors
    .filter(({ suites }) => suites.some((suite) => /^[a-z]+$/.test(suite)))
    .map((source) => ({ source, name: newestSuite(source.uri) }))
  const own = mirrors.flatMap((source) => source.suites.map((name) => ({ source, name })))
  const seen = new Set<string>()
  return [...newest, ...own].filter(({ source, name }) => {
    const key = `${source.uri} ${name}`
    return !seen.has(key) && seen.add(key)
  })
}

/** The wanted packages of a suite, by name; every file from the Release file on is verified by SHA-256. */
export function readSuite(
  machine: Machine,
  suite: Suite,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, DebianPackage>> {
  return once(machine, `suite ${suite.source.uri} ${suite.name}`, () => loadSuite(machine, suite, wanted))
}

/** Reads the first stanza of each wanted package from a package index. */
export function parsePackages(text: string, wanted: ReadonlySet<string>, uri: string): Map<string, DebianPackage> {
  const found = new Map<string, DebianPackage>()
  for (const name of wanted) {
    const at = text.startsWith(`Package: ${name}\n`) ? 0 : text.indexOf(`\nPackage: ${name}\n`) + 1
    if (at === 0 && !text.startsWith(`Package: ${name}\n`)) continue
    const end = text.indexOf('\n\n', at)
    const field = fields(text.slice(at, end < 0 ? undefined : end))
    const [version, file, sha256, size] = [field('version'), field('filename'), field('sha256'), Number(field('size'))]
    if (!version || !file || !/^[0-9a-f]{64}$/.test(sha256)) continue
    found.set(name, {
      name,
      version,
      url: `${uri}/${file}`,
      expected: { sha256, size, saidBy: 'the package index' },
    })
  }
  return found
}

/** Finds the checksum of a file in the `SHA256:` section of a Release file. */
export function releaseEntry(release: string, file: string): ExpectedFile | undefined {
  for (const line of fields(release)('sha256').split('\n')) {
    const [sha256, size, path] = line.trim().split(/\s+/)
    if (path === file && sha256) return { sha256, size: Number(size), saidBy: 'the Release file' }
  }
  return undefined
}

async function loadSuite(
  machine: Machine,
  suite: Suite,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, DebianPackage>> {
  const { uri, components, signedBy } = suite.source
  const base = `${uri}/dists/${suite.name}`
  const inRelease = (await downloadBytes(machine, `${base}/InRelease`)).toString('utf8')
  const signed = await verifyInRelease(inRelease, signedBy, machine.path).catch((error: Error) => {
    throw new Error(`${base}/InRelease: ${error.message}`)
  })
  if ('unverified' in signed)
    machine.log(`${base}: the signature was NOT verified: ${signed.unverified}; checksums were verified`)
  checkIsSuite(base, signed.text, suite.name)
  const packages = new Map<string, DebianPackage>()
  for (const component of components.filter((name) => /^(main|universe)$/.test(name))) {
    const index = await loadIndex(machine, base, signed.text, `${component}/binary-${machine.debianArchitecture}`)
    for (const [name, found] of parsePackages(index, wanted, uri)) packages.set(name, found)
  }
  return packages
}

async function loadIndex(machine: Machine, base: string, release: string, folder: string): Promise<string> {
  for (const file of ['Packages.xz', 'Packages.gz']) {
    const expected = releaseEntry(release, `${folder}/${file}`)
    if (!expected) continue
    // during an update, a mirror still has the old index under its checksum
    const byHash = fields(release)('acquire-by-hash') === 'yes'
    const path = byHash ? `${folder}/by-hash/SHA256/${expected.sha256}` : `${folder}/${file}`
    const bytes = await downloadBytes(machine, `${base}/${path}`, expected)
    return (await decompressAll(file, bytes)).toString('utf8')
  }
  throw new Error(`${base}: its Release file does not list ${folder}/Packages.xz or .gz`)
}

function checkIsSuite(base: string, release: string, asked: string): void {
  const field = fields(release)
  const names = [field('suite'), field('codename')]
  // Ubuntu's devel is a link to the suite in development and does not have its own name
  if (asked === 'devel' || names.includes(asked)) return
  // stable and oldstable are moving names; a frozen copy of an archive keeps the old one
  if (/^(old)*stable/.test(asked) && names.some(Boolean)) return
  throw new Error(`${base}: its Release file belongs to another suite (${names.join(', ')})`)
}

function isDistribution(uri: string): boolean {
  return /^https?:\/\/.*\/(debian|ubuntu|ubuntu-ports|raspbian|debian-security)(\/|$)/.test(uri)
}

function newestSuite(uri: string): string {
  return /\/ubuntu/.test(uri) ? 'devel' : 'testing'
}
