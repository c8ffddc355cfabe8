import { command } from '../command-line/command.ts'
import { countText } from '../text/count-text.ts'
import { stackOptions } from './chosen-bots.ts'
import { beginDeployQuiet } from './deploy-quiet.ts'
import { composeWithEnvFile } from './env-file.ts'
import { unreachableSeverities, writeFilled } from './filled-channels.ts'
import { monitoringProblems } from './monitoring.ts'
import { secretFiles } from './prepare.ts'
import { reload } from './reload.ts'
import { type LoadedRule, loadedRules, rulesOfFiles } from './rules.ts'
import { readStack } from './stack-config.ts'
import { type BotStack, eachStack } from './stacks.ts'

/** `botwatch apply`: loads the generated files into the running stacks. */
export const applyCommand = command({
  parameters: stackOptions,
  run: (given, streams) => eachStack(given, streams, (stack) => applyStack(stack, given.within)),
})

/** Loads the generated files into one running stack and asks Prometheus whether all of it is monitored; returns what is wrong, one sentence each. */
export async function applyStack(given: BotStack, within: number): Promise<readonly string[]> {
  const own = await composeWithEnvFile(given)
  if ('problems' in own) return own.problems
  const stack = { ...given, compose: own.compose }
  const config = await readStack(stack.compose, stack.folder)
  if ('wrong' in config) return [config.wrong]
  const { prometheus, alertmanager } = config.addresses
  if (prometheus === undefined || alertmanager === undefined)
    return ['this is a bug in botwatch: the stack does not publish the ports of Prometheus and Alertmanager']
  const { bot, folder, say } = stack
  await writeFilled(bot, folder)
  for (const line of unreachableSeverities(bot, config.env, await secretFiles(bot, folder))) say(line)
  const quiet = await beginDeployQuiet(stack, { alertmanager, why: 'make apply', within })
  const rejected = await applyTo({ folder, env: config.env, prometheus, alertmanager, say, within })
  const problems = rejected.length > 0 ? rejected : await monitoringProblems(stack, config, prometheus, within)
  await quiet.end(problems)
  return problems
}

interface ApplyOptions {
  /** The bot's folder in the output. */
  readonly folder: string
  /** The environment whose absence rules are loaded. */
  readonly env: string
  /** Base URLs of the servers, on loopback. */
  readonly prometheus: string
  readonly alertmanager: string
  readonly say: (line: string) => void
  /** Milliseconds within which each rule must have been evaluated once; 60,000 by default. */
  readonly within?: number
}

/** Makes the servers reload their files and reports which rules are loaded; returns what is wrong, one sentence each. */
export async function applyTo(options: ApplyOptions): Promise<readonly string[]> {
  const { folder, env, prometheus, alertmanager, say } = options
  const before = await loadedRules(prometheus)
  if ('wrong' in before) return [before.wrong]
  const aborted = [
    await reload('Prometheus', prometheus, folder),
    await reload('Alertmanager', alertmanager, folder),
  ].flat()
  if (aborted.length > 0) return aborted
  say('Prometheus and Alertmanager reloaded their files; Grafana does so automatically within a minute')

  const expected = await rulesOfFiles(folder, env)
  if ('wrong' in expected) return [expected.wrong]
  const after = await evaluated(prometheus, options.within ?? 60_000)
  if ('wrong' in after) return [after.wrong]
  for (const line of differences(before, after)) say(line)
  const alerts = after.filter((rule) => rule.kind === 'alert').length
  say(`${countText(alerts, 'alert')} and ${countText(after.length - alerts, 'recording rule')} are loaded`)
  return problemsOf(expected, after)
}

/** The rules once each has been evaluated, or as they are when the time is up. */
async function evaluated(prometheus: string, within: number): ReturnType<typeof loadedRules> {
  const end = Date.now() + within
  for (;;) {
    const rules = await loadedRules(prometheus)
    if ('wrong' in rules || rules.every((rule) => rule.health !== 'unknown') || Date.now() > end) return rules
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

function differences(before: readonly LoadedRule[], after: readonly LoadedRule[]): readonly string[] {
  const was = new Map(before.map((rule) => [rule.key, rule]))
  const is = new Map(after.map((rule) => [rule.key, rule]))
  return [
    ...after.filter((rule) => !was.has(rule.key)).map((rule) => `  + ${rule.key}`),
    ...after
      .filter((rule) => was.has(rule.key) && was.get(rule.key)?.content !== rule.content)
      .map((rule) => `  ~ ${rule.key}`),
    ...before.filter((rule) => !is.has(rule.key)).map((rule) => `  - ${rule.key}`),
  ]
}

function problemsOf(expected: readonly string[], loaded: readonly LoadedRule[]): readonly string[] {
  const keys = new Set(loaded.map((rule) => rule.key))
  const wanted = new Set(expected)
  return [
    ...expected
      .filter((key) => !keys.has(key))
      .map((key) => `${key} is in the files but not loaded: run \`make up\`, which mounts the files again.`),
    ...loaded
      .filter((rule) => !wanted.has(rule.key))
      .map(
        (rule) => `${rule.key} is loaded but no longer in the files: run \`make up\`, which mounts the files again.`,
      ),
    ...loaded
      .filter((rule) => rule.health === 'err')
      .map((rule) => `${rule.key} is loaded but cannot be evaluated: ${rule.error}`),
    ...loaded
      .filter((rule) => rule.health === 'unknown')
      .map((rule) => `${rule.key} is loaded but has not been evaluated yet: see the rules page of Prometheus.`),
  ]
}
