import { join } from 'node:path'
import type { Bot } from '../../definitions/language/bot.ts'
import { command, type Streams } from '../command-line/command.ts'
import { flagOption, type ParameterValues } from '../command-line/parameter.ts'
import { type CommandResult, failure, success } from '../command-line/result.ts'
import type { Finding } from '../model/finding.ts'
import type { Files, Model } from '../model/model.ts'
import { containerTopology } from '../model/topology.ts'
import { generatedFiles } from '../outputs/outputs.ts'
import { resolve } from '../resolve/resolve.ts'
import { countText } from '../text/count-text.ts'
import { hasChanges, type Plan } from '../write/plan.ts'
import { plan, write } from '../write/write.ts'
import { chosenBots, collisions, outputOptions } from './chosen-bots.ts'
import { printFindings } from './findings.ts'
import { leftoverFolders } from './leftover-folders.ts'
import { putBack } from './put-back.ts'
import { reminders } from './reminders.ts'
import { summary } from './summary.ts'

/** A bot's folder and the files that belong in it. */
interface Draft {
  readonly model: Model
  readonly target: string
  readonly files: Files
  readonly plan: Plan
}

const parameters = {
  ...outputOptions,
  check: flagOption('write nothing; print the differences and exit with 1 if there are any'),
  force: flagOption('overwrite files that were edited by hand'),
}
type Choices = ParameterValues<typeof parameters>

/** `botwatch generate`: writes what follows from the definitions, for all bots or none; with `check` only reports whether the output differs. */
export const generateCommand = command({
  parameters,
  exitCodes: {
    0: 'the output was written, or with --check is up to date',
    1: 'nothing was written, or with --check the output is out of date',
    2: 'wrong usage',
  },
  run,
})

async function run(given: Choices, streams: Streams): Promise<CommandResult> {
  const bots = await chosenBots(given)
  if ('wrong' in bots) return failure(bots.wrong)

  const resolution = bots.map((bot) => resolve(bot, containerTopology))
  const findings: readonly Finding[] = [...resolution.flatMap((made) => made.findings), ...collisions(bots)]
  if (findings.length > 0) streams.err(`${printFindings(findings)}\n`)
  const errors = findings.filter((found) => found.severity === 'error')
  if (errors.length > 0) return failure(`${countText(errors.length, 'error')} in the definitions: nothing was written`)

  const drafts = await Promise.all(resolution.map(({ model }) => draft(model, given)))
  const problems = drafts
    .flatMap((one) => one.plan.problems)
    // Writing starts by finishing or undoing an interrupted run.
    .filter((problem) => given.check || problem.code !== 'unfinished')
  if (problems.length > 0) {
    streams.err(printProblems(problems))
    return failure(given.check ? 'nothing was compared' : 'nothing was written')
  }
  return given.check ? compare(drafts, given, bots, streams) : writeAll(drafts, given, bots, streams)
}

async function draft(model: Model, given: Choices): Promise<Draft> {
  const target = join(given.out, model.bot.name)
  const files = await generatedFiles(model)
  return { model, target, files, plan: await plan(target, files, { force: given.force }) }
}

async function writeAll(
  drafts: readonly Draft[],
  given: Choices,
  bots: readonly Bot[],
  streams: Streams,
): Promise<CommandResult> {
  const written: { readonly of: Draft; readonly done: Plan }[] = []
  for (const one of drafts) {
    const done = await write(one.target, one.files, { force: given.force })
    if (done.problems.length > 0) {
      const kept = await putBack(written.map(({ of, done }) => ({ plan: done, files: of.files })))
      streams.err(printProblems([...done.problems, ...kept]))
      return failure(kept.length === 0 ? 'nothing was written' : 'some files have been written')
    }
    written.push({ of: one, done })
  }
  for (const { of, done } of written) streams.out(summary(of.model, done))
  const lines = [...bots.flatMap((bot) => reminders(bot, given.out)), ...leftoverFolders(given, bots)]
  streams.out(lines.map((line) => `${line}\n`).join(''))
  // From the start of the process: that is how long somebody waited.
  streams.out(`done in ${(performance.now() / 1000).toFixed(1)} s\n`)
  return success
}

async function compare(
  drafts: readonly Draft[],
  given: Choices,
  bots: readonly Bot[],
  streams: Streams,
): Promise<CommandResult> {
  const stale = drafts.map((one) => one.plan).filter(hasChanges)
  const problems: string[] = []
  if (stale.length > 0) {
    const { diff } = await import('../write/diff.ts')
    streams.out(stale.map((one) => diff(one)).join(''))
    const folders = stale.map((one) => one.target).join(', ')
    problems.push(`${folders} is out of date: run \`npm run generate\` and commit the result.`)
  }
  problems.push(...leftoverFolders(given, bots))
  if (problems.length > 0) return failure(...problems)
  const files = drafts.reduce((sum, one) => sum + one.plan.unchanged.length, 0)
  streams.out(`the output is up to date (${files} files)\n`)
  return success
}

const printProblems = (problems: Plan['problems']) =>
  problems.map((p) => `error: ${p.code} at ${p.path}\n  ${p.message}\n  ${p.fix}\n\n`).join('')
