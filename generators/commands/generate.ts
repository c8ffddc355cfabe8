import { join } from 'node:path'
import type { Bot } from '../../definitions/language/bot.ts'
import type { Finding } from '../model/finding.ts'
import type { Files, Model } from '../model/model.ts'
import { container } from '../model/places.ts'
import { generatedFiles } from '../outputs/outputs.ts'
import { resolve } from '../resolve/resolve.ts'
import { counted } from '../text/counted.ts'
import { hasChanges, type Plan } from '../write/plan.ts'
import { plan, write } from '../write/write.ts'
import type { Choices } from './choices.ts'
import { chosen, collisions } from './chosen.ts'
import { printFindings } from './findings.ts'
import { forgotten } from './forgotten.ts'
import { putBack } from './put-back.ts'
import { reminders } from './reminders.ts'
import { summary } from './summary.ts'

/** A bot's folder and what shall stand in it. */
interface Draft {
  readonly model: Model
  readonly target: string
  readonly files: Files
  readonly plan: Plan
}

/** Writes what follows from the definitions, all bots or none; with `check` says only whether the output differs. */
export async function generate(choices: Choices): Promise<number> {
  const bots = await chosen(choices)
  if ('wrong' in bots) return refuse(bots.wrong)

  const resolved = bots.map((bot) => resolve(bot, container))
  const findings: readonly Finding[] = [...resolved.flatMap((made) => made.findings), ...collisions(bots)]
  if (findings.length > 0) process.stderr.write(`${printFindings(findings)}\n`)
  const errors = findings.filter((found) => found.severity === 'error')
  if (errors.length > 0) return refuse(`${counted(errors.length, 'error')} in the definitions: nothing was written.`)

  const drafts = await Promise.all(resolved.map(({ model }) => draft(model, choices)))
  const problems = drafts
    .flatMap((one) => one.plan.problems)
    // Writing begins with finishing or undoing an earlier run.
    .filter((problem) => choices.check || problem.code !== 'unfinished')
  if (problems.length > 0)
    return refuse(`${printProblems(problems)}${choices.check ? 'Not compared.' : 'Nothing was written.'}`)
  return choices.check ? compare(drafts, choices, bots) : writeAll(drafts, choices, bots)
}

async function draft(model: Model, choices: Choices): Promise<Draft> {
  const target = join(choices.out, model.bot.name)
  const files = await generatedFiles(model)
  return { model, target, files, plan: await plan(target, files, { force: choices.force }) }
}

async function writeAll(drafts: readonly Draft[], choices: Choices, bots: readonly Bot[]): Promise<number> {
  const written: { readonly of: Draft; readonly done: Plan }[] = []
  for (const one of drafts) {
    const done = await write(one.target, one.files, { force: choices.force })
    if (done.problems.length > 0) {
      const kept = await putBack(written.map(({ of, done }) => ({ plan: done, files: of.files })))
      return refuse(
        `${printProblems([...done.problems, ...kept])}${kept.length === 0 ? 'Nothing was written.' : 'Some of it stays written.'}`,
      )
    }
    written.push({ of: one, done })
  }
  for (const { of, done } of written) process.stdout.write(summary(of.model, done))
  const lines = [...bots.flatMap((bot) => reminders(bot, choices.out)), ...forgotten(choices, bots)]
  process.stdout.write(lines.map((line) => `${line}\n`).join(''))
  // From the start of the process: so long somebody waited.
  process.stdout.write(`done in ${(performance.now() / 1000).toFixed(1)} s\n`)
  return 0
}

async function compare(drafts: readonly Draft[], choices: Choices, bots: readonly Bot[]): Promise<number> {
  const stale = drafts.map((one) => one.plan).filter(hasChanges)
  const left = forgotten(choices, bots)
  if (stale.length > 0) {
    const { diff } = await import('../write/diff.ts')
    process.stdout.write(stale.map((one) => diff(one)).join(''))
    const folders = stale.map((one) => one.target).join(', ')
    process.stderr.write(
      `\n${folders} is not what follows from the definitions: run \`npm run generate\` and commit the result.\n`,
    )
  }
  process.stderr.write(left.map((line) => `${line}\n`).join(''))
  if (stale.length + left.length > 0) return 1
  const files = drafts.reduce((sum, one) => sum + one.plan.unchanged.length, 0)
  process.stdout.write(`the output is what follows from the definitions (${files} files)\n`)
  return 0
}

const printProblems = (problems: Plan['problems']) =>
  problems.map((p) => `error: ${p.code} at ${p.path}\n  ${p.message}\n  ${p.fix}\n\n`).join('')

function refuse(why: string): number {
  process.stderr.write(`${why}\n`)
  return 1
}
