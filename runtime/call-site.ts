import { fileURLToPath } from 'node:url'

const here = new URL('.', import.meta.url).href
const folders = [here, fileURLToPath(here)]

/** Where in the bot's own code a call into the runtime was made, as ` (at file:line:column)`; empty where it cannot be told. */
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
