import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { clearText, verifyInRelease } from '../../demo/servers/signature.ts'
import { scratch } from './fake-archive.ts'

const signed = `-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA256

Suite: testing
- -dash
SHA256:
 aa 1 main/x
-----BEGIN PGP SIGNATURE-----

iQIz
-----END PGP SIGNATURE-----
`

test('only the signed lines are extracted from their armour', () => {
  const text = 'Suite: testing\n-dash\nSHA256:\n aa 1 main/x'
  assert.equal(clearText(signed), text)
  assert.equal(clearText('Suite: sid\n'), 'Suite: sid\n')
})

test('one good signature is enough; a bad one, or none that can be checked, is rejected', async (t) => {
  const good = '[GNUPG:] GOODSIG 1 Debian\n[GNUPG:] VALIDSIG 1 2026-10-30'
  const unknown = '[GNUPG:] ERRSIG 2 1 8 01 1793347764 9 -\n[GNUPG:] NO_PUBKEY 2'
  const table: [string, string, string | RegExp][] = [
    ['good', good, 'gpgv'],
    ['good, and one of a newer key', `${good}\n${unknown}`, 'gpgv'],
    [
      'only an unknown key',
      `${unknown}\ngpgv: No public key`,
      /^Error: its signature is not valid according to gpgv: gpgv: No public key$/,
    ],
    ['good and bad', `${good}\n[GNUPG:] BADSIG 2 Debian\ngpgv: BAD signature`, /says gpgv: gpgv: BAD signature$/],
  ]
  for (const [name, status, expected] of table) {
    const folder = scratch(t)
    const keyring = join(folder, 'keyring.gpg')
    mkdirSync(join(folder, 'bin'))
    writeFileSync(keyring, '')
    writeFileSync(
      join(folder, 'bin/gpgv'),
      `#!/bin/sh\ncat >&2 <<'STATUS'\n${status}\nSTATUS\necho 'the signed part'\nexit 2\n`,
      {
        mode: 0o755,
      },
    )
    const answer = verifyInRelease(signed, [keyring], join(folder, 'bin'))
    if (typeof expected === 'string')
      assert.deepEqual(await answer, { text: 'the signed part\n', verifiedBy: expected }, name)
    else await assert.rejects(answer, expected, name)
  }
})

test('without a keyring the text is returned as unverified, with the reason', async () => {
  const { text, ...how } = await verifyInRelease(signed, ['/nonexistent.gpg'], '/nowhere')
  assert.match(text, /^Suite: testing/)
  assert.deepEqual(how, { unverified: 'no keyring of the distribution (/nonexistent.gpg)' })
})
