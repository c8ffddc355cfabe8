import { chmod, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bot } from '../../definitions/language/bot.ts'
import { type EnvFile, readDotenv } from '../stack/dotenv.ts'
import { dotenvProblems } from '../stack/dotenv-problems.ts'
import { type SettingProblem, settingProblems } from '../stack/setting-problems.ts'
import { activeProfiles, labelSettingsOf, password, settingsOf } from '../stack/settings.ts'
import { listText } from '../text/list-text.ts'
import type { Compose, Wrong } from './docker-compose.ts'
import { type BotStack, paperBotFolder } from './stacks.ts'

/** Compose with what `.env` says and nothing else, or what is wrong with `.env`, one sentence each. */
export async function composeWithEnvFile(
  { bot, folder, compose, say }: BotStack,
  hasPaperBot: boolean = paperBotFolder(bot.name) !== null,
): Promise<{ readonly compose: Compose } | { readonly problems: readonly string[] }> {
  const path = join(folder, '.env')
  const closed = await closedToOthers(path)
  if ('wrong' in closed) return { problems: [closed.wrong] }
  for (const line of closed.said) say(line)
  const outer = compose.env ?? process.env
  const own = ownCompose(bot, compose)
  const read = await readEnvFile(path, own.env)
  if (read === null)
    return { problems: [`${path} is missing, so nothing was started: run \`make up\`, which creates it.`] }
  if ('wrong' in read) return { problems: [read.wrong] }
  const found = envFileProblems(bot, read, hasPaperBot)
  if (found.length > 0) return { problems: found.map((one) => placed(path, one)) }
  for (const line of [...ignored(bot, path, outer, read), ...staleProfiles(bot, path, read)]) say(line)
  return { compose: own }
}

/** What is wrong with a `.env` file; its settings are only judged if Compose accepts all of it. */
export function envFileProblems(bot: Bot, file: EnvFile, hasPaperBot: boolean): readonly SettingProblem[] {
  const rejected = dotenvProblems(file)
  return rejected.length > 0 ? rejected : settingProblems(bot, file, hasPaperBot)
}

/** A problem with its file and line. */
const placed = (path: string, { line, message }: SettingProblem): string =>
  `${path}${line === null ? '' : `:${line}`}: ${message}`

/** Compose whose environment cannot replace anything that `.env` decides. */
export function ownCompose(bot: Bot, compose: Compose): Compose & { readonly env: NodeJS.ProcessEnv } {
  const decided = new Set([...settingNames(bot), ...composeNames])
  const rest = Object.entries(compose.env ?? process.env).filter(([name]) => !decided.has(name))
  return { ...compose, env: { ...Object.fromEntries(rest), COMPOSE_PROFILES: activeProfiles(bot).join(',') } }
}

/** A `.env` file as Compose reads it in this environment; null if there is none. */
export async function readEnvFile(path: string, outer: NodeJS.ProcessEnv): Promise<EnvFile | Wrong | null> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path))
    return readDotenv(text, (name) => outer[name])
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    return {
      wrong:
        code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
          ? `${path} is not UTF-8 text: save it as UTF-8.`
          : `${path} cannot be read (${code ?? 'unknown error'}): make it a file that you may read.`,
    }
  }
}

/** Takes the rights of other users from a file with a password in it; a sentence about what was done or cannot be done, or nothing. */
async function closedToOthers(path: string): Promise<{ readonly said: readonly string[] } | Wrong> {
  const found = process.platform === 'win32' ? null : await stat(path).catch(() => null)
  if (found === null || (found.mode & 0o007) === 0) return { said: [] }
  const was = (found.mode & 0o777).toString(8)
  try {
    await chmod(path, found.mode & 0o770)
  } catch {
    return {
      wrong: `${path} is open to every user of this machine (mode ${was}) and is not yours to change: run \`chmod o= ${path}\` as its owner.`,
    }
  }
  return {
    said: [
      `${path} was open to every user of this machine (mode ${was}) and no longer is; if others use this machine, change the password in it`,
    ],
  }
}

const settingNames = (bot: Bot): readonly string[] => [
  password,
  ...[...Object.values(settingsOf(bot)), ...Object.values(labelSettingsOf(bot))].map(({ name }) => name),
]

/** Variables that make Compose read other files, another project or other services. */
const composeNames = [
  'COMPOSE_FILE',
  'COMPOSE_PROFILES',
  'COMPOSE_PROJECT_NAME',
  'COMPOSE_ENV_FILES',
  'COMPOSE_DISABLE_ENV_FILE',
]

/** The settings of the shell that differ from those of the file. */
function ignored(bot: Bot, path: string, outer: NodeJS.ProcessEnv, { entries }: EnvFile): readonly string[] {
  const names = [...settingNames(bot), ...composeNames].filter((name) => {
    const value = outer[name]
    return value !== undefined && value !== (entries.findLast((one) => one.name === name)?.value ?? '')
  })
  return names.length === 0
    ? []
    : [`${listText(names)} of this shell ${names.length === 1 ? 'is' : 'are'} ignored: ${path} decides`]
}

/** A line from an older version, which would select no bot if Compose were called without these commands. */
function staleProfiles(bot: Bot, path: string, { entries }: EnvFile): readonly string[] {
  const line = entries.findLast(({ name }) => name === 'COMPOSE_PROFILES')
  const expected = activeProfiles(bot)
  const given = line?.value.split(',').map((one) => one.trim()) ?? []
  return expected.every((profile) => given.includes(profile))
    ? []
    : [
        `${path}${line === undefined ? '' : `:${line.line}`}: for \`docker compose\` without botwatch, ${line === undefined ? 'add' : 'change the line to'} COMPOSE_PROFILES=${expected.join(',')}`,
      ]
}
