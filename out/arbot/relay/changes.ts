import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Reads the program and its configuration; null while one of them is being replaced. */
function contentOf(configFile: string, program: string): string | null {
  try {
    const config = readFileSync(configFile, 'utf8')
    JSON.parse(config)
    const sources = readdirSync(program).filter((name) => name.endsWith('.ts'))
    return [config, ...sources.sort().map((name) => readFileSync(join(program, name), 'utf8'))].join('\0')
  } catch {
    return null
  }
}

/** Calls back once the program or its configuration has changed and is whole again: whoever started it then starts the new one. */
export function onChange(configFile: string, every: number, changed: () => void): void {
  const program = dirname(process.argv[1] ?? configFile)
  const before = contentOf(configFile, program)
  let last = before
  setInterval(() => {
    const now = contentOf(configFile, program)
    // twice the same: a generation that is still replacing files is over
    if (now !== null && now !== before && now === last) changed()
    last = now
  }, every * 1000)
}
