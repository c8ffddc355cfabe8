import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import * as tar from 'tar'
import { describeTool, findTool } from '../../demo/servers/find.ts'
import { installRelease } from '../../demo/servers/install.ts'
import type { Machine } from '../../demo/servers/machine.ts'
import { freePort } from '../../demo/servers/port.ts'
import { bareMachine, debOf, digestOf, fakeTool, scratch, serveArchive, suiteOf, useMirror } from './fake-archive.ts'

test('a good version on PATH is taken, under the project’s or Debian’s name', async (t) => {
  for (const command of ['alertmanager', 'prometheus-alertmanager']) {
    const folder = scratch(t)
    const machine = await bareMachine(folder)
    fakeTool(join(folder, 'bin', command), 'alertmanager', '0.33.1')
    const tool = await findTool('alertmanager', machine)
    assert.deepEqual(tool, {
      found: true,
      name: 'alertmanager',
      version: '0.33.1',
      path: join(folder, 'bin', command),
      args: [],
      cwd: undefined,
      from: `PATH: ${join(folder, 'bin', command)}`,
    })
    assert.deepEqual(machine.lines, [])
  }
})

test('an older server, another program of the name and a broken one count as absent, each with its reason', async (t) => {
  const folder = scratch(t)
  const machine = await bareMachine(folder, { online: false })
  const bin = join(folder, 'bin')
  fakeTool(join(bin, 'promtool'), 'promtool', '2.42.0')
  fakeTool(join(bin, 'amtool'), 'something else', '9.9.9')
  const older = await findTool('promtool', machine)
  assert.equal(
    describeTool(older),
    `promtool        missing: install promtool 3.0.0 or newer and put it on PATH (https://prometheus.io/download/; macOS: brew install prometheus)
  tried: PATH: ${bin}/promtool: version 2.42.0 is older than 3.0.0
  tried: downloads: disabled by BOTWATCH_OFFLINE=1`,
  )
  const other = await findTool('amtool', machine)
  assert.deepEqual(other.found ? [] : other.tried.slice(0, 1), [
    `PATH: ${bin}/amtool: ${bin}/amtool does not identify itself as amtool: something else, version 9.9.9 (branch: HEAD)`,
  ])
  const none = await findTool('docker-compose', machine)
  assert.deepEqual(none.found ? [] : none.tried.slice(0, 1), ['PATH: no docker-compose or docker'])
})

test('a program that was built without a version is not used, and that is said even if another is found', async (t) => {
  const folder = scratch(t)
  const machine = await bareMachine(folder, { path: `${join(folder, 'own')}:${join(folder, 'bin')}` })
  fakeTool(join(folder, 'own/prometheus'), 'prometheus', '')
  fakeTool(join(folder, 'bin/prometheus'), 'prometheus', '3.5.0')
  const tool = await findTool('prometheus', machine)
  assert.equal(describeTool(tool), `prometheus      3.5.0    PATH: ${folder}/bin/prometheus`)
  assert.deepEqual(machine.lines, [
    `prometheus: PATH: ${folder}/own/prometheus: it was built without a version, so it is not used: build it with \`make build\`, or install 3.0.0 or newer`,
  ])
})

test('the package of testing is unpacked when PATH and releases have nothing, and found again without a network', async (t) => {
  const folder = scratch(t)
  const machine = await bareMachine(folder)
  const { url, asked } = await serveArchive(t, suiteOf('testing', [await promtoolPackage(t, '3.9.9')]))
  useMirror(machine, url)
  const tool = await findTool('promtool', machine)
  assert.ok(tool.found, describeTool(tool))
  assert.equal(describeTool(tool), 'promtool        3.9.9    package promtool 3.9.9+ds-1 of testing, unpacked')
  assert.equal(tool.path, join(folder, 'tools/promtool_3.9.9+ds-1/usr/bin/promtool'))
  assert.deepEqual(machine.lines, [
    `${url}/debian/dists/testing: the signature was NOT verified: no distribution keyring found (/nonexistent.gpg); checksums were verified`,
    `promtool: downloading ${url}/debian/pool/promtool.deb (1 MB)`,
  ])
  const requests = asked.length
  const again = await findTool('promtool', await bareMachine(folder, { toolsDir: machine.toolsDir }))
  assert.deepEqual(again, tool)
  assert.equal(asked.length, requests)
})

test('where testing is missing or too old, the machine’s own suite is used', async (t) => {
  const folder = scratch(t)
  const machine = await bareMachine(folder)
  const old = suiteOf('testing', [{ ...(await promtoolPackage(t, '2.1.0')), name: 'prometheus' }])
  const { url } = await serveArchive(t, new Map([...old, ...suiteOf('bookworm', [await promtoolPackage(t, '3.1.0')])]))
  useMirror(machine, url)
  const tool = await findTool('promtool', machine)
  assert.equal(describeTool(tool), 'promtool        3.1.0    package promtool 3.1.0+ds-1 of bookworm, unpacked')
})

test('each link of the chain is checked: a changed Release entry, index or package is refused and leaves nothing', async (t) => {
  const suite = suiteOf('testing', [await promtoolPackage(t, '3.9.9')])
  const index = '/debian/dists/testing/main/binary-amd64/Packages.gz'
  const table: [string, (bytes: Buffer) => Buffer, RegExp][] = [
    [
      index,
      flipped,
      /^testing: http:\S+Packages\.gz: its SHA-256 is [0-9a-f]{64}, expected [0-9a-f]{64} \(the Release file\); discarded/,
    ],
    [
      '/debian/pool/promtool.deb',
      flipped,
      /^testing: http:\S+promtool\.deb: its SHA-256 is [0-9a-f]{64}, expected [0-9a-f]{64} \(the package index\); discarded/,
    ],
    [
      '/debian/pool/promtool.deb',
      (bytes) => bytes.subarray(1),
      /^testing: http:\S+promtool\.deb: got \d+ bytes, expected \d+ \(the package index\); discarded, try again$/,
    ],
    [
      '/debian/dists/testing/InRelease',
      (bytes) => Buffer.from(String(bytes).replace('Suite: testing', 'Suite: sid')),
      /^testing: http:\S+: its Release file belongs to another suite \(sid, \)$/,
    ],
  ]
  for (const [path, change, message] of table) {
    const machine = await bareMachine(scratch(t))
    const { url } = await serveArchive(t, new Map([...suite, [path, change(suite.get(path) ?? Buffer.alloc(0))]]))
    useMirror(machine, url)
    const tool = await findTool('promtool', machine)
    assert.match(tool.found ? 'found' : (tool.tried.find((line) => line.startsWith('testing')) ?? 'nothing'), message)
    assert.deepEqual(leftIn(machine), [])
  }
})

test('a download that breaks off is refused and leaves nothing', async (t) => {
  const machine = await bareMachine(scratch(t))
  const suite = suiteOf('testing', [await promtoolPackage(t, '3.9.9')])
  const { url } = await serveArchive(t, suite, '/debian/pool/promtool.deb')
  useMirror(machine, url)
  const tool = await findTool('promtool', machine)
  assert.match(
    tool.found ? 'found' : (tool.tried[2] ?? 'nothing'),
    /^testing: http:\S+promtool\.deb: the download failed after \d+ bytes \(.+\); discarded, try again$/,
  )
  assert.deepEqual(leftIn(machine), [])
})

test('a closed network costs one clear line for each server, and one attempt a run', async (t) => {
  const machine = await bareMachine(scratch(t))
  const mirror = `http://127.0.0.1:${await freePort()}`
  useMirror(machine, mirror)
  const [first, second] = [await findTool('promtool', machine), await findTool('node_exporter', machine)]
  const port = (address: string) => new URL(address).port
  const closed = (address: string) => `${address} cannot be reached (connect ECONNREFUSED 127.0.0.1:${port(address)})`
  for (const tool of [first, second]) {
    assert.deepEqual(tool.found ? [] : tool.tried.slice(1), [
      `official release: ${closed(machine.releaseHost)}`,
      `testing: ${closed(mirror)}`,
      `bookworm: ${closed(mirror)}`,
    ])
  }
  assert.deepEqual([...machine.unreachable.keys()].sort(), [machine.releaseHost, mirror].sort())
  assert.deepEqual(machine.lines, [])
})

test('a server that never answers costs the connect timeout once', async (t) => {
  const sockets: Socket[] = []
  const silent = createServer((socket) => sockets.push(socket))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    silent.close()
  })
  const address = silent.address()
  assert.ok(address !== null && typeof address === 'object')
  const releaseHost = `http://127.0.0.1:${address.port}`
  const machine = await bareMachine(scratch(t), { releaseHost, connectTimeout: 100 })
  const tool = await findTool('prometheus', machine)
  assert.deepEqual(tool.found ? [] : tool.tried.slice(1, 2), [
    `official release: ${releaseHost} cannot be reached (no response within 100 ms)`,
  ])
})

test('an official release with another checksum than the pinned one is refused and leaves nothing', async (t) => {
  const machine = await bareMachine(scratch(t))
  const path = '/docker/compose/releases/download/v9.9.9/docker-compose-linux-x86_64'
  const wrong = Buffer.from('not what was pinned')
  const { url } = await serveArchive(t, new Map([[path, wrong]]))
  const pinned = 'b'.repeat(64)
  const release = {
    repository: 'docker/compose',
    version: '9.9.9',
    tools: ['docker-compose'],
    sha256: { 'linux-amd64': pinned },
  } as const
  await assert.rejects(installRelease({ ...machine, releaseHost: url }, release), {
    message: `${url}${path}: its SHA-256 is ${digestOf(wrong)}, expected ${pinned} (demo/servers/versions.ts); discarded: the file was changed in transit or at its source`,
  })
  assert.deepEqual(leftIn(machine), [])
})

test('an official release is unpacked when its checksum holds', async (t) => {
  const folder = scratch(t)
  const from = scratch(t)
  const machine = await bareMachine(folder)
  for (const name of ['prometheus', 'promtool'])
    fakeTool(join(from, 'prometheus-9.9.9.linux-amd64', name), name, '9.9.9')
  const chunks: Buffer[] = []
  for await (const chunk of tar.create({ cwd: from, gzip: true }, ['prometheus-9.9.9.linux-amd64']))
    chunks.push(Buffer.from(chunk))
  const archive = Buffer.concat(chunks)
  const path = '/prometheus/prometheus/releases/download/v9.9.9/prometheus-9.9.9.linux-amd64.tar.gz'
  const { url } = await serveArchive(t, new Map([[path, archive]]))
  const tools = ['prometheus', 'promtool'] as const
  await installRelease(
    { ...machine, releaseHost: url },
    { repository: 'prometheus/prometheus', version: '9.9.9', tools, sha256: { 'linux-amd64': digestOf(archive) } },
  )
  for (const name of tools) {
    const tool = await findTool(name, machine)
    assert.equal(describeTool(tool), `${name.padEnd(15)} 9.9.9    official release 9.9.9`)
  }
})

test('runs at the same time leave one whole unit', async (t) => {
  const folder = scratch(t)
  const { url } = await serveArchive(t, suiteOf('testing', [await promtoolPackage(t, '3.9.9')]))
  const machines = await Promise.all([1, 2, 3, 4].map(() => bareMachine(folder)))
  for (const machine of machines) useMirror(machine, url)
  const tools = await Promise.all(machines.map((machine) => findTool('promtool', machine)))
  assert.deepEqual(
    tools.map(({ found }) => found),
    [true, true, true, true],
  )
  assert.deepEqual(readdirSync(join(folder, 'tools')), ['promtool_3.9.9+ds-1'])
})

async function promtoolPackage(t: TestContext, version: string) {
  const folder = scratch(t)
  const file = 'usr/bin/promtool'
  const deb = await debOf(folder, { [file]: () => fakeTool(join(folder, file), 'promtool', version) })
  return { name: 'promtool', version: `${version}+ds-1`, deb }
}

function flipped(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes)
  changed[20] = (changed[20] ?? 0) ^ 1
  return changed
}

function leftIn(machine: Machine): string[] {
  try {
    return readdirSync(machine.toolsDir)
  } catch {
    return []
  }
}
