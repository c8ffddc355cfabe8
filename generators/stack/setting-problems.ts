import type { Bot } from '../../definitions/language/bot.ts'
import { listText } from '../text/list-text.ts'
import { addressProblem, isIpAddress } from './address.ts'
import type { EnvFile } from './dotenv.ts'
import { keepsLogs } from './logs.ts'
import { labelSettingsOf, liveEnvironment as live, password, type Setting, settingsOf } from './settings.ts'

/** A problem in `.env`: its line, if there is one, and what is wrong, as a sentence without the place. */
export interface SettingProblem {
  readonly line: number | null
  readonly message: string
}

const severalLines = 'has several lines, so a quote is missing'

/** The settings of `.env` that cannot work, or that would run something else than what they say. */
export function settingProblems(bot: Bot, file: EnvFile, hasPaperBot: boolean): readonly SettingProblem[] {
  const settings = settingsOf(bot)
  const given = readerOf(file)
  const problems = [...valueChecks(bot)].flatMap(([setting, check]): readonly SettingProblem[] => {
    const { value, line } = given(setting)
    const wrong = value.includes('\n') ? severalLines : check(value)
    return wrong === null ? [] : [{ line, message: `${setting.name} ${wrong}.` }]
  })
  const wrongPassword = passwordProblem(file)
  return [
    ...problems,
    ...samePorts(bot, given),
    ...paperAsLive(bot, given, hasPaperBot),
    ...ownTarget(given(settings.target), given(settings.image).value),
    ...(wrongPassword === null ? [] : [wrongPassword]),
  ]
}

interface Given {
  /** What the line sets, or the default. */
  readonly value: string
  /** Whether the line is there and not empty. */
  readonly isGiven: boolean
  readonly line: number | null
}
type Reader = (setting: Setting) => Given

function readerOf({ entries }: EnvFile): Reader {
  return ({ name, otherwise }) => {
    const entry = entries.findLast((one) => one.name === name && one.isSet)
    const isGiven = entry !== undefined && entry.value !== ''
    return { value: isGiven ? entry.value : otherwise, isGiven, line: entry?.line ?? null }
  }
}

/** What is wrong with a value, as the end of a sentence after the setting's name; null if nothing is. */
type Check = (value: string) => string | null

function valueChecks(bot: Bot): ReadonlyMap<Setting, Check> {
  const settings = settingsOf(bot)
  const environments = Object.keys(bot.environments)
  const checks: readonly (readonly [Setting, Check])[] = [
    [
      settings.env,
      expected(`one of the bot's environments: ${environments.join(', ')}`, (v) => environments.includes(v)),
    ],
    [settings.image, expected('the name of an image, such as you/yourbot:1.0', (v) => /^[^\s"'`$\\]*$/.test(v))],
    [
      settings.target,
      (v) => {
        const wrong = addressProblem(v, bot.port)
        return wrong === null ? null : `is '${v}', ${wrong}`
      },
    ],
    [settings.instance, labelText],
    ...Object.values(labelSettingsOf(bot)).map((setting) => [setting, labelText] as const),
    [
      settings.gateway,
      expected('an IP address, or nothing if the engine sets it', (v) => v === 'host-gateway' || isIpAddress(v)),
    ],
    ...([settings.grafanaUrl, settings.runbookUrl, settings.alertmanagerUrl] as const).map(
      (setting) => [setting, expected('a URL that starts with http:// or https://', isWebUrl)] as const,
    ),
    ...portsOf(bot).map((setting) => [setting, expected('a port from 1 to 65535', isPort)] as const),
    ...(keepsLogs(bot)
      ? [
          [
            settings.logs,
            expected('a folder as an absolute path, or the name of a volume', (v) => /^\/|^[\w.-]+$/.test(v)),
          ] as const,
          [settings.logsGroup, expected('the number of a group', (v) => /^\d{1,9}$/.test(v))] as const,
        ]
      : []),
    [settings.faults, expected('1 for on or 0 for off', (v) => v === '0' || v === '1')],
  ]
  return new Map(checks)
}

const expected =
  (what: string, isRight: (value: string) => boolean): Check =>
  (value) =>
    isRight(value) ? null : `is '${value}', expected ${what}`

const isPort = (value: string) => /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535
const isWebUrl = (value: string) => value === '' || (/^https?:\/\/[^\s"'`\\{}]+$/.test(value) && URL.canParse(value))

/** Label values end up in YAML, PromQL, templates and links. */
const labelText: Check = expected(
  'at most 128 characters without quotes, backslashes, braces, `$` and control characters',
  (value) => /^[^"'`\\{}$\p{Cc}\p{Zl}\p{Zp}]{0,128}$/u.test(value) && value === value.trim(),
)

function portsOf(bot: Bot): readonly Setting[] {
  const { botPort, prometheusPort, alertmanagerPort, relayPort, grafanaPort, nodeExporterPort, logsPort } =
    settingsOf(bot)
  const all = [botPort, prometheusPort, alertmanagerPort, relayPort, grafanaPort, nodeExporterPort]
  return keepsLogs(bot) ? [...all, logsPort] : all
}

function samePorts(bot: Bot, given: Reader): readonly SettingProblem[] {
  const all = portsOf(bot)
  return all.flatMap((setting, i) => {
    const { value, line } = given(setting)
    const other = all.slice(0, i).find((one) => Number(given(one).value) === Number(value))
    return other === undefined
      ? []
      : [
          {
            line: line ?? given(other).line,
            message: `${other.name} and ${setting.name} are both ${value}: give each its own port.`,
          },
        ]
  })
}

/** A paper bot in the place of a real one would make every live alert meaningless. */
function paperAsLive(bot: Bot, given: Reader, hasPaperBot: boolean): readonly SettingProblem[] {
  const { env, image, target } = settingsOf(bot)
  if (!hasPaperBot || given(image).isGiven || given(target).isGiven) return []
  const others = Object.keys(bot.environments).filter((one) => one !== live)
  const instead = others.length === 0 ? '' : `, or set ${env.name} to ${listText(others, 'or')}`
  const chosen = given(env)
  if (chosen.value === live)
    return [
      {
        line: chosen.line,
        message: `${env.name} is '${live}', but ${image.name} and ${target.name} are empty, so the paper bot would be monitored as ${live}: name the real bot in one of them${instead}.`,
      },
    ]
  return bot.targets
    .filter((one) => one.env === live && isOwnHost(one.address))
    .map(({ address }) => ({
      line: null,
      message: `the bot's target ${address} in ${live} is the paper bot, because ${image.name} and ${target.name} are empty: name the real bot in one of them, or remove the target from the definition.`,
    }))
}

/** The names of the bots' containers in the stack. */
const isOwnHost = (address: string) => /^(bot|paper-bot):/i.test(address)

/** A target that names a container of the stack which then does not run. */
function ownTarget({ value, isGiven, line }: Given, image: string): readonly SettingProblem[] {
  if (!isGiven || !isOwnHost(value) || (image !== '' && /^bot:/i.test(value))) return []
  return [
    {
      line,
      message: `BOT_TARGET is '${value}', which is a container of this stack that does not run if BOT_TARGET is set: leave BOT_TARGET empty${/^bot:/i.test(value) ? ', or name an image in BOT_IMAGE' : ''}.`,
    },
  ]
}

/** Whether the password is missing, or not what a person would take the line for; its value is never part of the message. */
function passwordProblem({ entries }: EnvFile): SettingProblem | null {
  const entry = entries.findLast(({ name }) => name === password)
  if (entry === undefined || !entry.isSet || entry.value.trim() === '')
    return {
      line: entry?.line ?? null,
      message: `there is no ${password}, so nothing was started: add a line \`${password}=\` with a password of your choice, in single quotes. Existing files are never overwritten.`,
    }
  const { line, quote, raw, hasComment } = entry
  const inQuotes = `put the password in single quotes (${password}='…')`
  if (raw.includes('\n')) return { line, message: `${password} ${severalLines}.` }
  if (hasComment)
    return {
      line,
      message: `\` #\` starts a comment, so ${password} would end before it: ${inQuotes}, and a comment in a line of its own.`,
    }
  // Another variable as a whole is meant.
  if (quote === 'single' || /^\$(\w+|\{\w+\})$/.test(raw)) return null
  const plain = quote === 'double' ? raw.replace(/\\["\\$]/g, '') : raw
  if (plain.includes('$'))
    return {
      line,
      message: `${password} contains a \`$\`, which starts a variable, so it would be changed: ${inQuotes}.`,
    }
  if (quote === 'double' && plain.includes('\\'))
    return { line, message: `${password} contains a \`\\\`, which double quotes would change: ${inQuotes}.` }
  return null
}
