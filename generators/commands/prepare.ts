import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bot } from '../../definitions/language/bot.ts'
import { dotenvLine } from '../stack/dotenv-line.ts'
import { type Secret, scrapeSecretOf, secretsFolder, secretsOf } from '../stack/secrets.ts'
import { password, settingsOf } from '../stack/settings.ts'

/** A secret file of a bot's folder. */
export interface SecretFile extends Secret {
  readonly path: string
  readonly isEmpty: boolean
}

/** Writes `.env` with a random password, and empty secret files, if they are missing; existing files are never touched. */
export async function prepare(bot: Bot, folder: string, repository: string | null): Promise<readonly string[]> {
  const example = await readFile(join(folder, '.env.example'), 'utf8')
  const env = join(folder, '.env')
  const written: string[] = []
  if (await writeNew(env, filledOut(bot, example, repository), 0o600)) written.push(env)
  if ((await mkdir(join(folder, 'secrets'), { recursive: true })) !== undefined) {
    // The servers' own users must read the files, so the parent folder keeps everybody else out.
    await chmod(join(folder, 'secrets'), 0o700)
  }
  if ((await mkdir(join(folder, secretsFolder), { recursive: true })) !== undefined)
    await chmod(join(folder, secretsFolder), 0o755)
  for (const { name } of secretsOf(bot)) {
    const path = join(folder, secretsFolder, name)
    if (await writeNew(path, '', 0o644)) written.push(path)
  }
  const asked = scrapeSecretOf(bot)
  if (asked !== null) {
    if ((await mkdir(join(folder, asked.folder), { recursive: true })) !== undefined)
      await chmod(join(folder, asked.folder), 0o755)
    const path = join(folder, asked.folder, asked.name)
    // A token that the bot already has must be filled in by the owner.
    if (await writeNew(path, `${randomBytes(24).toString('base64url')}\n`, 0o644)) written.push(path)
  }
  return written
}

/** The secret files of a bot and whether they are filled in; a missing file is empty, one that only the servers may read is not. */
export async function secretFiles(bot: Bot, folder: string): Promise<readonly SecretFile[]> {
  return Promise.all(
    secretsOf(bot).map(async (secret) => {
      const path = join(folder, secretsFolder, secret.name)
      return { ...secret, path, isEmpty: await isEmpty(path) }
    }),
  )
}

/** The content of a secret file without surrounding white space; '' if there is none. */
export const readSecret = (path: string): Promise<string> =>
  readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => '',
  )

const isEmpty = (path: string): Promise<boolean> =>
  readFile(path, 'utf8').then(
    (text) => text.trim() === '',
    (error: NodeJS.ErrnoException) => error.code !== 'EACCES',
  )

function filledOut(bot: Bot, example: string, repository: string | null): string {
  const { repository: setting } = settingsOf(bot)
  // The header is about .env.example, which is generated; this file belongs to the owner.
  const own = example.slice(example.indexOf('\n\n') + 1)
  const withPassword = own.replace(
    `\n${password}=\n`,
    () => `\n${dotenvLine(password, randomBytes(24).toString('base64url'))}\n`,
  )
  const settled =
    repository === null
      ? withPassword
      : withPassword.replace(`#${setting.name}=${setting.otherwise}`, () => dotenvLine(setting.name, repository))
  return `# The settings of this stack are yours: \`make up\` wrote this file once and never changes it.\n${settled}`
}

/** False if the file already exists. */
async function writeNew(path: string, text: string, mode: number): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx', mode })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
  // a strict umask would keep the servers from reading it
  await chmod(path, mode)
  return true
}
