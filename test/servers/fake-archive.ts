import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { gzipSync } from 'node:zlib'
import * as tar from 'tar'
import { type Machine, thisMachine } from '../../demo/servers/machine.ts'
import { freePort } from '../../demo/servers/port.ts'

/** A folder that is removed after the test. */
export function scratch(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-servers-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes an executable that prints what the real tool would for its version. */
export function fakeTool(file: string, title: string, version: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `#!/bin/sh\necho '${title}, version ${version} (branch: HEAD)'\n`, { mode: 0o755 })
}

/** A Debian-like machine in a folder: nothing on PATH, nothing reachable except what is given. */
export async function bareMachine(
  folder: string,
  given: Partial<Machine> = {},
): Promise<Machine & { lines: string[] }> {
  const lines: string[] = []
  const machine = thisMachine({
    path: join(folder, 'bin'),
    toolsDir: join(folder, 'tools'),
    aptDir: join(folder, 'apt'),
    releaseHost: `http://127.0.0.1:${await freePort()}`,
    platform: 'linux-amd64',
    debianArchitecture: 'amd64',
    online: true,
    log: (line) => lines.push(line),
    ...given,
  })
  return { ...machine, lines }
}

/** Names a mirror in apt's configuration of such a machine; its keyring is absent, so signatures stay unchecked. */
export function useMirror(machine: Machine, address: string, suite = 'bookworm'): void {
  mkdirSync(machine.aptDir, { recursive: true })
  const line = `deb [signed-by=/nonexistent.gpg] ${address}/debian ${suite} main\n`
  writeFileSync(join(machine.aptDir, 'sources.list'), line)
}

/** Packs files into a Debian package: an `ar` archive with a compressed tar in it. */
export async function debOf(folder: string, files: Readonly<Record<string, () => void>>): Promise<Buffer> {
  for (const write of Object.values(files)) write()
  const chunks: Buffer[] = []
  for await (const chunk of tar.create({ cwd: folder, gzip: true, prefix: '.', portable: true }, Object.keys(files))) {
    chunks.push(Buffer.from(chunk))
  }
  return arOf({
    'debian-binary': Buffer.from('2.0\n'),
    'control.tar.gz': gzipSync(''),
    'data.tar.gz': Buffer.concat(chunks),
  })
}

/** Writes an `ar` archive. */
export function arOf(members: Readonly<Record<string, Buffer>>): Buffer {
  const parts = Object.entries(members).flatMap(([name, bytes]) => {
    const header = `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'100644'.padEnd(8)}${String(bytes.length).padEnd(10)}\`\n`
    return [Buffer.from(header, 'latin1'), bytes, Buffer.from(bytes.length % 2 ? '\n' : '')]
  })
  return Buffer.concat([Buffer.from('!<arch>\n'), ...parts])
}

/** A package of the fake mirror. */
type FakePackage = Readonly<{ name: string; version: string; deb: Buffer }>

/** The files of one suite, by path: Release, index and packages, with valid checksums. */
export function suiteOf(suite: string, packages: readonly FakePackage[]): Map<string, Buffer> {
  const index = packages.map(({ name, version, deb }) =>
    [
      `Package: ${name}`,
      `Version: ${version}`,
      `Filename: pool/${name}.deb`,
      `Size: ${deb.length}`,
      `SHA256: ${digestOf(deb)}`,
    ].join('\n'),
  )
  const packed = gzipSync(`${index.join('\n\n')}\n`)
  const release = [
    'Origin: Debian',
    `Suite: ${suite}`,
    'SHA256:',
    ` ${digestOf(packed)} ${packed.length} main/binary-amd64/Packages.gz`,
  ]
  return new Map([
    [`/debian/dists/${suite}/InRelease`, Buffer.from(`${release.join('\n')}\n`)],
    [`/debian/dists/${suite}/main/binary-amd64/Packages.gz`, packed],
    ...packages.map(({ name, deb }): [string, Buffer] => [`/debian/pool/${name}.deb`, deb]),
  ])
}

/** Serves files over loopback; `cut` names a path whose connection is closed halfway. */
export async function serveArchive(
  t: TestContext,
  files: ReadonlyMap<string, Buffer>,
  cut?: string,
): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const bytes = files.get(path)
    if (!bytes) {
      response.writeHead(404).end()
    } else if (path === cut) {
      response.writeHead(200, { 'content-length': bytes.length })
      response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy())
    } else {
      response.end(bytes)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  return { url: `http://127.0.0.1:${address.port}`, asked }
}

export function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
