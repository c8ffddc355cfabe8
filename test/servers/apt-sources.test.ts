import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parsePackages, releaseEntry, suitesToTry } from '../../demo/servers/apt-repository.ts'
import { type AptSource, parseDeb822, parseOneLine, readAptSources } from '../../demo/servers/apt-sources.ts'
import { scratch } from './fake-archive.ts'

const debian = 'http://deb.debian.org/debian'

test('the one-line format is read as apt reads it', () => {
  const table: [string, readonly AptSource[]][] = [
    [
      `deb ${debian} bookworm main contrib`,
      [{ uri: debian, suites: ['bookworm'], components: ['main', 'contrib'], signedBy: [] }],
    ],
    [
      `  deb [ arch=amd64 signed-by=/a.gpg,/b.gpg ]  ${debian}/   bookworm main # the mirror`,
      [{ uri: debian, suites: ['bookworm'], components: ['main'], signedBy: ['/a.gpg', '/b.gpg'] }],
    ],
    [`deb-src ${debian} bookworm main`, []],
    [`# deb ${debian} bookworm main`, []],
    ['', []],
  ]
  for (const [text, expected] of table) assert.deepEqual(parseOneLine(text), expected, text)
})

test('the stanza format is read as apt reads it', () => {
  const table: [string, readonly AptSource[]][] = [
    [
      `Types: deb\n# a comment\nURIs: ${debian}\nSuites: bookworm bookworm-updates\nComponents: main\nSigned-By: /a.gpg\n`,
      [{ uri: debian, suites: ['bookworm', 'bookworm-updates'], components: ['main'], signedBy: ['/a.gpg'] }],
    ],
    [
      `Types: deb deb-src\nURIs: ${debian}\n http://other/debian/\nSuites:\n trixie\nComponents: main\n`,
      [debian, 'http://other/debian'].map((uri) => ({ uri, suites: ['trixie'], components: ['main'], signedBy: [] })),
    ],
    [
      `Types: deb\nURIs: ${debian}\nSuites: trixie\nComponents: main\nSigned-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abcd\n`,
      [{ uri: debian, suites: ['trixie'], components: ['main'], signedBy: [] }],
    ],
    [`Enabled: no\nTypes: deb\nURIs: ${debian}\nSuites: trixie\nComponents: main\n`, []],
    [`Types: deb-src\nURIs: ${debian}\nSuites: trixie\nComponents: main\n`, []],
  ]
  for (const [text, expected] of table) assert.deepEqual(parseDeb822(text), expected, text)
})

test('exactly the files of the configuration folder are read', (t) => {
  const folder = scratch(t)
  mkdirSync(join(folder, 'sources.list.d'))
  writeFileSync(join(folder, 'sources.list'), `deb ${debian} bookworm main\n`)
  writeFileSync(join(folder, 'sources.list.d/b.sources'), 'Types: deb\nURIs: http://b\nSuites: s\nComponents: main\n')
  writeFileSync(join(folder, 'sources.list.d/a.list'), 'deb http://a s main\n')
  writeFileSync(join(folder, 'sources.list.d/c.list.save'), 'deb http://c s main\n')
  assert.deepEqual(
    readAptSources(folder).map(({ uri }) => uri),
    [debian, 'http://a', 'http://b'],
  )
  assert.deepEqual(readAptSources(join(folder, 'nowhere')), [])
})

test('testing on the machine’s own mirror is tried first, then the machine’s own suites, and no third-party archive', () => {
  const source = (uri: string, suites: string[], components = ['main']): AptSource => ({
    uri,
    suites,
    components,
    signedBy: [],
  })
  const names = (...sources: AptSource[]) => suitesToTry(sources).map((suite) => `${suite.source.uri} ${suite.name}`)
  assert.deepEqual(
    names(
      source('https://deb.nodesource.com/node_20.x', ['nodistro']),
      source(debian, ['bookworm', 'bookworm-updates']),
      source('http://deb.debian.org/debian-security', ['bookworm-security']),
    ),
    [
      `${debian} testing`,
      `${debian} bookworm`,
      `${debian} bookworm-updates`,
      'http://deb.debian.org/debian-security bookworm-security',
    ],
  )
  assert.deepEqual(names(source('http://archive.ubuntu.com/ubuntu', ['noble'], ['main', 'universe'])), [
    'http://archive.ubuntu.com/ubuntu devel',
    'http://archive.ubuntu.com/ubuntu noble',
  ])
  assert.deepEqual(
    names(source('cdrom:[Debian 12]/debian', ['bookworm']), source('https://apt.grafana.com', ['stable'])),
    [],
  )
})

test('a package is read from the index, at its start, its end and in between', () => {
  const sum = 'a'.repeat(64)
  const stanza = (name: string) =>
    `Package: ${name}\nVersion: 1.0-${name}\nDescription: x\n Package: no\nFilename: p/${name}.deb\nSize: 7\nSHA256: ${sum}`
  const text = ['first', 'prometheus-x', 'prometheus', 'last'].map(stanza).join('\n\n')
  const found = parsePackages(`${text}\n`, new Set(['first', 'prometheus', 'last', 'absent']), debian)
  assert.deepEqual(
    [...found.values()].map(({ name, version, url }) => [name, version, url]),
    ['first', 'prometheus', 'last'].map((name) => [name, `1.0-${name}`, `${debian}/p/${name}.deb`]),
  )
  assert.deepEqual(found.get('last')?.expected, { sha256: sum, size: 7, saidBy: 'the package index' })
})

test('a checksum is read from the SHA256 section of a Release file, not from another section', () => {
  const release =
    'Suite: testing\nMD5Sum:\n aaaa 1 main/binary-amd64/Packages.xz\nSHA256:\n bbbb 2 main/binary-amd64/Packages.xz\n'
  assert.deepEqual(releaseEntry(release, 'main/binary-amd64/Packages.xz'), {
    sha256: 'bbbb',
    size: 2,
    saidBy: 'the Release file',
  })
  assert.equal(releaseEntry(release, 'main/binary-arm64/Packages.xz'), undefined)
})
