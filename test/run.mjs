// Runs tests: all of them, the fast first, or those that are named; ends with what failed and how to run it again.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { readArguments, testFiles } from './run/arguments.mjs'
import { runProcess } from './run/command.mjs'
import { runFile } from './run/file.mjs'
import { endAll } from './run/processes.mjs'
import { commandStages, stageOf, testStages } from './run/stages.mjs'
import { failureLines, fileLines, overBudget, skippedLines, stageLine } from './run/summary.mjs'

const all = testFiles('test')
const asked = readArguments(process.argv.slice(2), all, process.env)
if ('wrong' in asked) {
  console.error(`npm test: ${asked.wrong}`)
  process.exitCode = 2
} else if ('help' in asked) console.log(asked.help)
else process.exitCode = await run(asked)

async function run({ files, everything, tier, update, name, silent }) {
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-test-'))
  const [skippedFile, updatedFile] = [join(folder, 'skipped'), join(folder, 'updated')]
  const groups = endedWithThis(folder)
  // where this runner is itself tested, its tests are none of the outer one
  const { NODE_TEST_CONTEXT: _context, BOTWATCH_UPDATE: _update, ...ours } = process.env
  const env = {
    ...ours,
    BOTWATCH_SKIPPED: skippedFile,
    ...(update ? { BOTWATCH_UPDATE: updatedFile } : {}),
  }
  const [stages, results, failures] = [[], [], []]

  for (const stage of everything ? commandStages : []) {
    if (stage.mayDownload && tier === 'fast') continue
    const started = performance.now()
    console.log(`\n== ${stage.name}`)
    const passed = await runProcess(stage.command, { whole: stage.whole, env, groups })
    stages.push({ ...stage, failed: !passed, seconds: (performance.now() - started) / 1000 })
    console.log(stageLine(stages.at(-1)))
    if (passed) continue
    failures.push({ stage: stage.name, again: stage.command.join(' ') })
    break
  }
  if (failures.length === 0) {
    const offline = everything ? { BOTWATCH_OFFLINE: '1' } : {}
    const how = {
      silent,
      name,
      folder,
      groups,
      env: { ...env, ...offline },
      each: files.length === 1 || name !== undefined,
    }
    const wanted = testStages.filter((stage) => files.some((file) => stageOf(file) === stage.name))
    const names = wanted.map((stage) => stage.name)
    console.log(`\n== ${names.join(', ')}${names.length === 1 ? '' : ', at the same time'}`)
    await Promise.all(
      wanted.map(async (stage) => {
        const isOfIt = (file) => stageOf(file) === stage.name
        const ran = await runStage(stage, files.filter(isOfIt), how)
        results.push(...ran.results)
        // of a part of its files the budget says nothing
        const isWhole = name === undefined && all.filter(isOfIt).every((file) => files.includes(file))
        const failed = ran.results.some((one) => one.failures.length > 0)
        stages.push({
          ...stage,
          budget: isWhole ? stage.budget : Number.POSITIVE_INFINITY,
          seconds: ran.seconds,
          failed,
        })
        console.log(stageLine(stages.at(-1)))
      }),
    )
  }
  const inOrder = results.toSorted((a, b) => (a.file < b.file ? -1 : 1))
  failures.push(...inOrder.flatMap((one) => one.failures))
  const sum = (of) => results.reduce((all, one) => all + one[of], 0)
  const none = name !== undefined && sum('passed') + sum('skipped') + failures.length === 0
  const parts = [
    skippedLines(linesOf(skippedFile).map((line) => JSON.parse(line))),
    update ? await updated(linesOf(updatedFile), { env, groups }) : [],
    failureLines(failures),
    overBudget(stages, results, loadavg()[0], availableParallelism()),
    none ? [`no test name in these files contains '${name}'`] : [],
    [`${sum('passed')} passed, ${failures.length} failed, ${sum('skipped')} skipped`],
  ]
  for (const lines of parts) if (lines.length > 0) console.log(`\n${lines.join('\n')}`)
  rmSync(folder, { recursive: true, force: true })
  return failures.length > 0 || none ? 1 : 0
}

function linesOf(path) {
  return existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : []
}

/** Runs the files of a stage, several at once, and prints each when it has ended. */
async function runStage(stage, files, { silent = stage.silent, each, ...how }) {
  const started = performance.now()
  const [waiting, results] = [[...files], []]
  const lane = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const one = { stage: stage.name, ...(await runFile(file, { ...how, silent, whole: stage.whole })) }
      results.push(one)
      // of a file in which no test has the name there is nothing to say
      if (how.name === undefined || one.results.length > 0 || one.failures.length > 0)
        console.log(fileLines(one, { each }).join('\n'))
    }
  }
  await Promise.all(Array.from({ length: stage.lanes }, lane))
  return { results, seconds: (performance.now() - started) / 1000 }
}

/** The files that --update wrote, formatted as everything here. */
async function updated(paths, { env, groups }) {
  const files = [...new Set(paths)].sort()
  const there = files.filter((file) => existsSync(file))
  if (files.length === 0) return ['no expected text changed']
  const format = ['biome', 'format', '--write', '--no-errors-on-unmatched', '--log-level=error']
  await runProcess(['npx', ...format, ...there], { whole: 300, env, groups, quiet: true })
  return [`expected texts rewritten: ${files.length}; see git diff:`, ...files.map((file) => `  ${file}`)]
}

/** Process groups that end with this run, however it ends. */
function endedWithThis(folder) {
  const groups = new Set()
  const end = () => {
    for (const { group, record } of groups) endAll(group, record)
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', end)
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])
    process.once(signal, () => process.exit(code))
  return groups
}
