#!/usr/bin/env node
import { runCommandLine } from './command-line/run.ts'
import { commands } from './commands/table.ts'
import { version } from './commands/version.ts'

// A reader that wants only the first lines, such as `head`, closes the pipe.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})
try {
  process.exitCode = await runCommandLine(process.argv.slice(2), commands, version, {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  })
} catch (error) {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`this is a bug in botwatch, please report it:\n${text}\n`)
  process.exitCode = 70
}
