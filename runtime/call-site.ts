import { fileURLToPath } from 'node:url'

const here = new URL('.', import.meta.url).href
const folders = [here, fileURLToPath(here)]

/** Where the bot's own code called the runtime, as ` (at file:line:column)`; empty if unknown. */
export function callSite(): string {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 20
  const { stack } = new Error()
  Error.stackTraceLimit = limit
  const frame = (stack ?? '')
    .split('\n')
    .slice(1)
    .find((line) => !line.includes('node:') && !folders.some((folder) => line.includes(folder)))
  const place = frame?.match(/((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*:\d+:\d+)\)?$/)?.[1]
  return place === undefined ? '' : ` (at ${place})`
}
