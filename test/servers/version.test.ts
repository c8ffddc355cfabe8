import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAtLeast, parseVersion, printVersion } from '../../demo/servers/version.ts'
import { goBuilds, minimumVersions, releases } from '../../demo/servers/versions.ts'

test('a version is read from what tools and packages print', () => {
  const table: [string, string | undefined][] = [
    ['prometheus, version 3.5.3+ds1 (branch: debian/sid, revision: 3.5.3+ds1-6)', '3.5.3'],
    ['Docker Compose version v2.40.3', '2.40.3'],
    ['1:3.5.3+ds1-6', '3.5.3'],
    ['0.33.1-5', '0.33.1'],
    ['3.0', '3.0.0'],
    ['no number here', undefined],
    ['version 7', undefined],
  ]
  for (const [text, expected] of table) {
    const version = parseVersion(text)
    assert.equal(version && printVersion(version), expected, text)
  }
})

test('versions are compared with the minimum number by number', () => {
  const table: [string, string, boolean][] = [
    ['3.0.0', '3.0.0', true],
    ['3.10.0', '3.9.9', true],
    ['2.53.4', '3.0.0', false],
    ['0.9.0', '0.31.0', false],
    ['0.31.0', '0.31.0', true],
    ['3.0.0-rc.1', '3.0.0', false],
    ['3.0.0~rc1+ds-1', '3.0.0', false],
    ['3.0.1-rc.1', '3.0.0', true],
    ['2.42.0+ds-5+deb12u1', '3.0.0', false],
    ['nothing', '3.0.0', false],
  ]
  for (const [text, minimum, expected] of table)
    assert.equal(isAtLeast(text, minimum), expected, `${text} >= ${minimum}`)
})

test('every release and build meets the minimum of its tools, and each release has complete checksums', () => {
  for (const { repository, version, tools, sha256 } of releases) {
    for (const tool of tools)
      assert.ok(isAtLeast(version, minimumVersions[tool]), `${repository} ${version} for ${tool}`)
    for (const [platform, sum] of Object.entries(sha256))
      assert.match(sum, /^[0-9a-f]{64}$/, `${repository} ${platform}`)
  }
  const built = goBuilds.flatMap(({ programs }) => programs)
  for (const { tool, version } of built) assert.ok(isAtLeast(version, minimumVersions[tool]), tool)
  const sources = [...releases.flatMap(({ tools }) => tools), ...built.map(({ tool }) => tool)]
  assert.deepEqual([...sources].sort(), Object.keys(minimumVersions).sort())
})
