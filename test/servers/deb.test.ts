import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import * as tar from 'tar'
import { readAr, unpackDeb } from '../../demo/servers/deb.ts'
import { relocateTemplates } from '../../demo/servers/debian-alertmanager.ts'
import { arOf, debOf, fakeTool, scratch } from './fake-archive.ts'

// usr/bin/hello with the line "hello", as `tar | xz` and `tar | zstd` write it
const compressed = {
  'data.tar.xz':
    '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4Af/AE9dABcLyyeJ8u0IBPB463SM7BEMs5EArVu18h1D30BFmS+5Jzvl8gU5MIaE98ieqroJsJ0V8aF9HuyltHR6osDwduQHTqmyIghZvm0PgVz9NgAAAGEn5PqOjVHMAAFrgBAAAABJzJlAscRn+wIAAAAABFla',
  'data.tar.zst':
    'KLUv/WQAB3UCADJDCxCg7XQ72Df8r+/bDzV+zqAUBoa7zpnuwBf9dCljiPs2NyHmXsaS0raQuhc1BAwggBlZB/bBx/xCPE9hDAD7g+TBEQYeMCiAiUmBAW9sT3c=',
}

test('a package is unpacked with its executables, and only the wanted files', async (t) => {
  const from = scratch(t)
  const to = scratch(t)
  const deb = await debOf(from, {
    'usr/bin/promtool': () => fakeTool(join(from, 'usr/bin/promtool'), 'promtool', '3.5.3'),
    'etc/default/prometheus': () => fakeTool(join(from, 'etc/default/prometheus'), 'x', '1'),
  })
  await unpackDeb(deb, to, (path) => path.startsWith('usr/'))
  assert.match(readFileSync(join(to, 'usr/bin/promtool'), 'utf8'), /promtool, version 3\.5\.3/)
  assert.equal(statSync(join(to, 'usr/bin/promtool')).mode & 0o111, 0o111)
  assert.equal(existsSync(join(to, 'etc')), false)
})

test('packages compressed with xz and zstd are unpacked', async (t) => {
  for (const [name, base64] of Object.entries(compressed)) {
    const to = scratch(t)
    await unpackDeb(
      arOf({ 'debian-binary': Buffer.from('2.0\n'), [name]: Buffer.from(base64, 'base64') }),
      to,
      () => true,
    )
    assert.equal(readFileSync(join(to, 'usr/bin/hello'), 'utf8'), 'hello\n', name)
  }
})

test('a package of large files is unpacked completely, byte for byte', async (t) => {
  const from = scratch(t)
  const to = scratch(t)
  const files = ['a', 'unwanted', 'b', 'c'].map((name) => ({ name, bytes: randomBytes(3 << 20) }))
  const deb = await debOf(
    from,
    Object.fromEntries(files.map(({ name, bytes }) => [name, () => writeFileSync(join(from, name), bytes)])),
  )
  await unpackDeb(deb, to, (path) => path !== 'unwanted')
  for (const { name, bytes } of files) {
    if (name === 'unwanted') assert.equal(existsSync(join(to, name)), false)
    else assert.ok(readFileSync(join(to, name)).equals(bytes), name)
  }
})

test('an invalid, truncated or empty archive is rejected with a sentence', async (t) => {
  const ar = arOf({ 'debian-binary': Buffer.from('2.0\n'), 'data.tar': Buffer.alloc(2048) })
  const table: [Buffer, RegExp][] = [
    [Buffer.from('<html>not found</html>'), /^Error: not an ar archive: its first line is missing$/],
    [ar.subarray(0, ar.length - 100), /^Error: a broken ar archive: it ends inside the member at byte 72$/],
    [ar.subarray(0, 100), /^Error: a broken ar archive: no member begins at byte 72$/],
    [arOf({ 'debian-binary': Buffer.from('2.0\n') }), /^Error: not a Debian package: it has no data\.tar$/],
  ]
  for (const [bytes, message] of table)
    await assert.rejects(
      unpackDeb(bytes, scratch(t), () => true),
      message,
    )
  assert.deepEqual(
    readAr(ar).map(({ name, bytes }) => [name, bytes.length]),
    [
      ['debian-binary', 4],
      ['data.tar', 2048],
    ],
  )
})

test('a package never writes outside its folder', async (t) => {
  const from = scratch(t)
  const outer = scratch(t)
  mkdirSync(join(from, 'in'))
  mkdirSync(join(outer, 'to'))
  writeFileSync(join(from, 'evil'), 'evil')
  const chunks: Buffer[] = []
  for await (const chunk of tar.create({ cwd: join(from, 'in'), preservePaths: true }, ['../evil']))
    chunks.push(Buffer.from(chunk))
  const deb = arOf({ 'data.tar': Buffer.concat(chunks) })
  await assert.rejects(
    unpackDeb(deb, join(outer, 'to'), () => true),
    /\.\./,
  )
  assert.equal(existsSync(join(outer, 'evil')), false)
})

test('the path of Alertmanager’s templates becomes a relative one of the same length', async (t) => {
  const file = join(scratch(t), 'alertmanager')
  writeFileSync(file, 'a\0/usr/share/prometheus/alertmanager\0b/usr/share/prometheus/alertmanager/ui/c')
  const before = statSync(file).size
  await relocateTemplates(file)
  assert.equal(
    readFileSync(file, 'utf8'),
    'a\0usr/share/prometheus/alertmanager/\0busr/share/prometheus/alertmanager//ui/c',
  )
  assert.equal(statSync(file).size, before)
})
