import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { withoutValues } from './without-values.ts'

/** A callable Docker Compose: the command and its first arguments. */
export interface Compose {
  readonly command: string
  readonly args: readonly string[]
  /** Environment of the calls; by default that of this process. */
  readonly env?: NodeJS.ProcessEnv
}

/** The result of a call of Compose. */
interface ComposeResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface Wrong {
  readonly wrong: string
}

/** Docker Compose as it is called on this machine, or a sentence about what to install. */
export async function findCompose(env: NodeJS.ProcessEnv = process.env): Promise<Compose | Wrong> {
  const ways: readonly Compose[] = [
    { command: 'docker', args: ['compose'], env },
    { command: 'docker-compose', args: [], env },
  ]
  for (const way of ways) {
    const ran = await runCompose(way, '.', ['version', '--short'])
    if (ran.code !== 0) continue
    const version = ran.stdout.trim().replace(/^v/, '')
    if (isEnough(version)) return way
    return { wrong: `Docker Compose ${version} is too old: the stack needs ${leastVersion} or newer. ${advice}` }
  }
  return { wrong: `Docker Compose was not found. ${advice}` }
}

/** Checks that a container engine answers; if not, returns a sentence that says so. */
export async function engineProblem(compose: Compose, folder: string): Promise<Wrong | null> {
  // `ls` belongs to no project: it needs the engine but no file
  const ran = await runCompose(compose, folder, ['ls', '--quiet'])
  if (ran.code === 0) return null
  return {
    wrong: `no container engine answers: ${lastLine(ran.stderr)}. Start Docker (or name another engine in DOCKER_HOST), then try again.`,
  }
}

/** Calls Compose in a bot's folder and captures its output. */
export function runCompose(compose: Compose, folder: string, args: readonly string[]): Promise<ComposeResult> {
  return new Promise((resolve) => {
    const child = spawn(compose.command, [...compose.args, ...args], {
      cwd: folder,
      env: compose.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk
    })
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk
    })
    child.once('error', (error) => resolve({ code: 127, stdout, stderr: error.message }))
    child.once('close', (code) => resolve({ code: code ?? 1, stdout, stderr: withoutValues(stderr) }))
  })
}

/** Calls Compose with its progress visible; resolves to its exit code. A signal ends it early. */
export function streamCompose(
  compose: Compose,
  folder: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(compose.command, [...compose.args, ...args], {
      cwd: folder,
      env: compose.env ?? process.env,
      // not inherited: a message of Compose may quote a value
      stdio: ['ignore', 'inherit', 'pipe'],
      ...(signal === undefined ? {} : { signal }),
    })
    createInterface({ input: child.stderr }).on('line', (line) => process.stderr.write(`${withoutValues(line)}\n`))
    child.once('error', () => resolve(127))
    child.once('close', (code) => resolve(code ?? 1))
  })
}

/** The last line that is not empty. */
export const lastLine = (text: string): string =>
  text
    .trim()
    .split('\n')
    .at(-1)
    ?.trim()
    .replace(/[.\s]+$/, '') ?? ''

// `content` of a config
const leastVersion = '2.23.1'
const advice = 'Install Docker with its Compose plugin: https://docs.docker.com/compose/install/'

function isEnough(version: string): boolean {
  const [have, least] = [version, leastVersion].map((text) => text.split(/[.+-]/).slice(0, 3).map(Number))
  for (let i = 0; i < 3; i++) {
    const difference = (have?.[i] ?? 0) - (least?.[i] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}
