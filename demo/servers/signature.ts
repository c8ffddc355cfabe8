import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { isExecutable } from './executable.ts'

/** The signed text of a release file, and the program that verified it; or the reason why it could not be verified. */
type SignedText = Readonly<{ text: string; verifiedBy: string } | { text: string; unverified: string }>

/**
 * Verifies the signature of an InRelease file with gpgv or sqv. An invalid signature is an error; without such a program or a
 * keyring the text is returned as unverified, protected only by TLS, if at all.
 */
export async function verifyInRelease(
  inRelease: string,
  signedBy: readonly string[],
  path: string,
): Promise<SignedText> {
  const text = clearText(inRelease)
  const keyrings = signedBy.length ? signedBy.filter((file) => existsSync(file)) : systemKeyrings()
  if (!keyrings.length)
    return { text, unverified: `no distribution keyring found (${signedBy.join(', ') || keyringDir})` }
  const gpgv = commandOn(path, 'gpgv')
  const sqv = commandOn(path, 'sqv')
  const program = gpgv ?? sqv
  if (!program) return { text, unverified: 'neither gpgv nor sqv is installed' }
  const folder = await mkdtemp(join(tmpdir(), 'botwatch-signature-'))
  try {
    const file = join(folder, 'InRelease')
    await writeFile(file, inRelease)
    const named = keyrings.flatMap((keyring) => ['--keyring', keyring])
    const verified = gpgv ? await gpgvText(gpgv, named, file) : await sqvText(program, named, file, inRelease)
    return { text: verified, verifiedBy: gpgv ? 'gpgv' : 'sqv' }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The content of a clear-signed text; a text without a signature is returned unchanged. */
export function clearText(inRelease: string): string {
  const match = /^-----BEGIN PGP SIGNED MESSAGE-----\r?\n(?:.+\n)*\r?\n([\s\S]*?)\n-----BEGIN PGP SIGNATURE-----/.exec(
    inRelease,
  )
  return match ? (match[1] ?? '').replace(/^- /gm, '') : inRelease
}

const keyringDir = '/usr/share/keyrings'
const run = promisify(execFile)

async function gpgvText(gpgv: string, keyrings: readonly string[], file: string): Promise<string> {
  // gpgv outputs only the signed part: text added around it is ignored
  const args = ['--homedir', join(file, '..'), '--status-fd', '2', ...keyrings, '--output', '-', file]
  // several keys sign a release, and an old keyring lacks the newest: one good signature is enough, but a bad one is an error
  const { stdout, stderr } = await run(gpgv, args, { maxBuffer: 1 << 26 }).catch((error) => ({
    stdout: String(error.stdout ?? ''),
    stderr: String(error.stderr ?? error),
  }))
  const good = /^\[GNUPG:\] VALIDSIG /m.test(stderr) && /^\[GNUPG:\] GOODSIG /m.test(stderr)
  if (!good || /^\[GNUPG:\] (BADSIG|REVKEYSIG) /m.test(stderr) || !stdout) {
    throw new Error(`invalid signature (gpgv): ${lastLine(stderr)}`)
  }
  return stdout
}

async function sqvText(sqv: string, keyrings: readonly string[], file: string, inRelease: string): Promise<string> {
  // older versions support only detached signatures, so text and signature are passed as two files
  const text = clearText(inRelease)
  await writeFile(`${file}.text`, text)
  await writeFile(`${file}.signature`, inRelease.slice(inRelease.indexOf('-----BEGIN PGP SIGNATURE-----')))
  try {
    await run(sqv, [...keyrings, `${file}.signature`, `${file}.text`])
  } catch (error) {
    const output = String((error as { stderr?: string }).stderr ?? error)
    throw new Error(`invalid signature (sqv): ${lastLine(output)}`)
  }
  return text
}

function systemKeyrings(): string[] {
  try {
    return readdirSync(keyringDir)
      .filter((name) => /^(debian|ubuntu|raspbian)-archive-keyring\.(gpg|pgp)$/.test(name))
      .map((name) => join(keyringDir, name))
  } catch {
    return []
  }
}

function commandOn(path: string, name: string): string | undefined {
  // verification is worth more than a strict PATH: where apt is installed, its verifier is in /usr/bin
  return [...path.split(delimiter), '/usr/bin'].map((folder) => join(folder, name)).find(isExecutable)
}

function lastLine(text: string): string {
  return (
    text
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('[GNUPG:]'))
      .at(-1) ?? 'no reason given'
  )
}
