// What the command line selects.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, normalize, relative, resolve } from 'node:path'
import { didYouMean } from './nearest.mjs'
import { stageOf, stagesOfTier } from './stages.mjs'

const usage = `npm test                                    all tests but the long ones, as make test
npm test -- test/checks                     the tests in a folder, in several, or in single files
npm test -- test/checks --name 'one page'   the tests whose name contains this text
npm test -- --update                        rewrite the expected texts that are files
npm test -- --fast                          only the tests that need no server
npm test -- --long                          the long tests, *.long.test.ts
npm test -- --timeout 10                    kill a file in which no test starts or ends for 10 seconds`

const flags = ['--fast', '--long', '--update', '--help']
const withValue = ['--name', '--timeout']

/** The test files under a folder, in order. */
export const testFiles = (root) =>
  existsSync(root)
    ? readdirSync(root, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
        .sort()
    : []

/**
 * The files to run, and how: `{ files, everything, name, silent, update, fast }`, or `{ help }`, or
 * `{ wrong }`, a message.
 */
export function readArguments(args, all, env) {
  const { options, paths, wrong } = split(args)
  if (wrong !== undefined) return { wrong }
  if ('--help' in options) return { help: usage }
  const tiers = ['--fast', '--long'].filter((tier) => tier in options)
  if (tiers.length > 1) return { wrong: '--fast and --long are mutually exclusive' }
  const silent = options['--timeout'] === undefined ? undefined : Number(options['--timeout'])
  if (silent !== undefined && !(silent > 0))
    return { wrong: `--timeout expects seconds, got '${options['--timeout']}'` }
  const update = '--update' in options
  if (update && isSet(env['CI']))
    return { wrong: '--update is not allowed if CI is set: CI only checks expected texts' }
  const named = chosen(paths, all)
  if ('wrong' in named) return named
  const tier = tiers[0]?.slice(2) ?? 'all'
  const files = (paths.length === 0 ? all : named.files).filter((file) => {
    if (paths.some((path) => tidy(path) === file)) return true
    const stage = stageOf(file)
    return paths.length === 0 || tier !== 'all' ? stagesOfTier[tier].includes(stage) : stage !== 'long tests'
  })
  const wanted = update ? files.filter(comparesWithFiles) : files
  if (wanted.length === 0) return { wrong: nothingRuns(paths, tier, update) }
  const everything = paths.length === 0 && options['--name'] === undefined && !update
  return { files: wanted, everything, tier, update, name: options['--name'], silent }
}

function nothingRuns(paths, tier, update) {
  const where = paths.length === 0 ? '' : ` in ${paths.join(', ')}`
  if (update) return `no test${where} compares with an expected file`
  if (tier !== 'all') return `no test${where} runs with --${tier}`
  return `all tests${where} are long: add --long`
}

function split(args) {
  const options = {}
  const paths = []
  for (let i = 0; i < args.length; i++) {
    const [option, value] = args[i].startsWith('--') ? args[i].split(/=(.*)/s) : [args[i]]
    if (!option.startsWith('-')) paths.push(option)
    else if (withValue.includes(option)) {
      options[option] = value ?? args[++i]
      if (options[option] === undefined) return { wrong: `${option} needs a value` }
    } else if (flags.includes(option)) options[option] = true
    else return { wrong: `unknown option ${option}${didYouMean(option, [...flags, ...withValue])}` }
  }
  return { options, paths }
}

const tidy = (path) => normalize(relative(process.cwd(), resolve(path)))

/** The files that the paths select. */
function chosen(paths, all) {
  const files = new Set()
  const folders = new Set(all.flatMap((file) => file.split('/').map((_, i, parts) => parts.slice(0, i).join('/'))))
  for (const path of paths) {
    const at = tidy(path)
    const found = all.filter((file) => file === at || file.startsWith(`${at}/`))
    if (found.length === 0) {
      const why = existsSync(at) ? `no tests in ${at}` : `no such file or folder: ${at}`
      return { wrong: `${why}${didYouMean(at, [...folders, ...all])}` }
    }
    for (const file of found) files.add(file)
  }
  return { files: all.filter((file) => files.has(file)) }
}

/** Such a test compares with fixtures/expected.ts, which writes the file if --update is given. */
const comparesWithFiles = (file) =>
  /^(import|}) .*from '[./]+\/fixtures\/expected\.ts'/m.test(readFileSync(file, 'utf8'))

const isSet = (value) => value !== undefined && value !== '' && value !== '0' && value !== 'false'
