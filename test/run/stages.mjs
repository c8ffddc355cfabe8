// The stages of a run, their budgets and limits, and which test file belongs to which.
import { availableParallelism } from 'node:os'

/** One file more than there are processors, since many tests wait for a process that they started. */
const lanes = Math.min(8, availableParallelism() + 1)

/**
 * In the order they run in; times in seconds.
 * `budget`: how long the stage may take on two idle cores. A stage that takes longer is reported, but does not fail.
 * `silent`: a file in which no test starts or ends for this long is killed as hanging. `whole`: a file that takes longer in total is killed too.
 * `lanes`: how many files run at once.
 */
export const commandStages = [
  { name: 'format and lint', budget: 20, whole: 300, command: ['npx', 'biome', 'check', '.', '--error-on-warnings'] },
  { name: 'types', budget: 20, whole: 300, command: ['npx', 'tsc', '--noEmit', '--singleThreaded'] },
  {
    name: 'real servers',
    budget: 120,
    whole: 1800,
    command: [process.execPath, '--import', 'tsx', 'demo/servers/main.ts'],
    // afterwards the servers are in .tools: no test waits for the network
    mayDownload: true,
  },
]

/** The stages of test files: these run at the same time, since the live tests mostly wait. */
export const testStages = [
  { name: 'tests', budget: 480, silent: 300, whole: 1500, lanes },
  { name: 'live tests', budget: 420, silent: 480, whole: 1200, lanes: 5 },
  // all skipped if there is no browser: make test-preview
  { name: 'preview tests', budget: 300, silent: 300, whole: 1200, lanes: 1 },
  { name: 'stack tests', budget: 900, silent: 900, whole: 3600, lanes: 1 },
  { name: 'long tests', budget: 2400, silent: 5400, whole: 10_800, lanes: 2 },
]

/** The suffix of test files that only `make test-long` runs. */
const long = '.long.test.ts'

/** The stage of a test file, by its name and folder. */
export function stageOf(file) {
  if (file.endsWith(long)) return 'long tests'
  if (/^test\/stack\//.test(file)) return 'stack tests'
  if (/^test\/live\//.test(file)) return 'live tests'
  if (/^test\/preview\//.test(file)) return 'preview tests'
  return 'tests'
}

/** What runs if no file is given. The stack tests need a container engine: `make test-stack`. */
export const stagesOfTier = {
  all: ['tests', 'live tests', 'preview tests'],
  fast: ['tests'],
  long: ['long tests'],
}
