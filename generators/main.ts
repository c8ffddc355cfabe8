#!/usr/bin/env node
// The command line. Each command is loaded only when it is asked for: `--help` starts no SDK and no compiler.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Choices } from './commands/choices.ts'
import { listed } from './text/listed.ts'

const usage = `botwatch: typed definitions of metrics, alerts, runbooks and dashboards in, a monitoring stack out.

usage: botwatch <command> [options]

  generate             write what follows from the definitions
  generate --check     write nothing; exit 1 and show the difference if the output is not what follows
  up                   bring the generated stack up with Docker Compose
  apply                put changed output into the running stack, and say which rules are loaded
  test-alert           send a real message of each severity to the configured channels
  preview              draw the generated dashboards in a browser, without Grafana
  check                say everything that is wrong with the definitions and their PromQL; exit 1 on errors
  explain 'PROMQL'     say what is known of an expression: type, labels, unit, values; lines of them on standard input
  verify URL|FILE      hold what a process exposes against its contract; exit 1 if it differs, 2 if it cannot be read
  audit                hold rules and dashboards that you have already against what a bot really exposes
  watchdog -- COMMAND  start a bot, start it again when it falls silent, and call for help when that does not do;
                       its own options: botwatch watchdog --help

options
  --bot NAME           only this bot; without it all
  --definitions FILE   the module that exports \`bots\`          (definitions/index.ts)
  --out DIR            where the output is, a folder a bot      (out)
  --force              generate: overwrite files that were edited by hand
  --prometheus URL     preview: where the values come from    (http://127.0.0.1:9090)
  --port NUMBER        preview: where it listens              (a free one)
  --contract FILE      verify: a contract.json, instead of the definitions
  --format FORMAT      check: text, json, sarif or github       (text)
                       verify: text or openmetrics; without it as Prometheus asks
  --strict             check: exit 1 on warnings too; verify: refuse also what the client library adds by itself
  --json               audit, explain, verify: the report as JSON
  --watch              verify: read again until everything was seen, or so long:
  --within DURATION                                            (5m)
  --token-file FILE    audit, verify: a file with a bearer token, if the bot asks for one; or BOTWATCH_TOKEN
  --login-file FILE    audit, verify: a file with user:password; or BOTWATCH_LOGIN
  --rules PATTERN      audit: rule files, such as 'rules/*.yml'; each of these options may be given several times
  --dashboards PATTERN audit: Grafana dashboards, such as 'dashboards/*.json'
  --metrics URL|FILE   audit, explain: what is exposed: /metrics, a saved one, a contract.json, or the URL of a Prometheus
  --for DURATION       explain: look at it as an alert that has to hold for so long, such as 0s or 5m
  --ignore PATTERN     audit: metrics of others, such as 'node_*'
  --job NAME           audit: only this job
  --window DURATION    audit: how far back a Prometheus looks  (1d)
  --help, --version
`

const options = {
  bot: { type: 'string' },
  definitions: { type: 'string' },
  out: { type: 'string' },
  check: { type: 'boolean' },
  force: { type: 'boolean' },
  prometheus: { type: 'string' },
  port: { type: 'string' },
  contract: { type: 'string' },
  format: { type: 'string' },
  strict: { type: 'boolean' },
  json: { type: 'boolean' },
  watch: { type: 'boolean' },
  within: { type: 'string' },
  'token-file': { type: 'string' },
  'login-file': { type: 'string' },
  rules: { type: 'string', multiple: true },
  dashboards: { type: 'string', multiple: true },
  metrics: { type: 'string', multiple: true },
  for: { type: 'string' },
  ignore: { type: 'string', multiple: true },
  job: { type: 'string', multiple: true },
  window: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const

type Command = (choices: Choices, options: object) => Promise<number>

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  generate: async () => (await import('./commands/generate.ts')).generate,
  up: async () => (await import('./commands/up.ts')).up,
  apply: async () => (await import('./commands/apply.ts')).apply,
  'test-alert': async () => (await import('./commands/test-alert.ts')).testAlert,
  preview: async () => (await import('./commands/preview.ts')).preview,
  check: async () => (await import('./commands/check.ts')).check,
  explain: async () => (await import('./commands/explain.ts')).explain,
  verify: async () => (await import('./commands/verify.ts')).verify,
}

/** Options that only some commands have. */
const ownersOf: Readonly<Record<string, readonly string[]>> = {
  bot: Object.keys(commands),
  definitions: Object.keys(commands),
  out: Object.keys(commands),
  check: ['generate'],
  force: ['generate'],
  prometheus: ['preview'],
  port: ['preview'],
  contract: ['verify'],
  format: ['check', 'verify'],
  strict: ['check', 'verify'],
  json: ['audit', 'explain', 'verify'],
  watch: ['verify'],
  within: ['verify'],
  'token-file': ['audit', 'verify'],
  'login-file': ['audit', 'verify'],
  rules: ['audit'],
  dashboards: ['audit'],
  metrics: ['audit', 'explain'],
  for: ['explain'],
  ignore: ['audit'],
  job: ['audit'],
  window: ['audit'],
}

async function main(argv: readonly string[]): Promise<number> {
  // It takes a command line of somebody else's, and so has its own options.
  if (argv[0] === 'watchdog') return (await import('./commands/watchdog.ts')).watchdog(argv.slice(1))
  const given = parsed(argv)
  if (typeof given === 'string') return refuse(given)
  const { values, positionals } = given
  if (values.help === true) return say(usage)
  if (values.version === true) return say(`${version()}\n`)
  const [name, ...rest] = positionals
  if (name === undefined) return refuse('what shall it do?')
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined && name !== 'audit') return refuse(`there is no command '${name}'`)
  const [target, ...unexpected] = name === 'verify' ? rest : [undefined, ...(name === 'explain' ? [] : rest)]
  if (unexpected.length > 0) return refuse(`unexpected '${unexpected.join(' ')}' behind ${name}`)
  for (const [option, owners] of Object.entries(ownersOf))
    if (Object.hasOwn(values, option) && !owners.includes(name))
      return refuse(`--${option} belongs to ${listed(owners)}, not to ${name}`)
  // It looks at what others have defined: it reads no definitions, and nothing is loaded for them.
  if (command === undefined) return (await import('./commands/audit.ts')).audit(values)
  const { choicesOf } = await import('./commands/choices.ts')
  const choices = choicesOf(values)
  if (typeof choices === 'string') return refuse(choices)
  return (await command())(choices, { ...values, target, expressions: rest, version })
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true })
  } catch (error) {
    return (error as Error).message.split('. ')[0] ?? ''
  }
}

/** Compiled, this file lies a folder deeper. */
function version(): string {
  const folder = import.meta.url.endsWith('.ts') ? '../' : '../../'
  return (JSON.parse(readFileSync(new URL(`${folder}package.json`, import.meta.url), 'utf8')) as { version: string })
    .version
}

function say(text: string): number {
  process.stdout.write(text)
  return 0
}

function refuse(why: string): number {
  process.stderr.write(`botwatch: ${why}\n\n${usage}`)
  return 2
}

// Whoever reads only the first lines, as `head` does, has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})
try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`this is a bug in botwatch, please report it:\n${told}\n`)
  process.exitCode = 70
}
