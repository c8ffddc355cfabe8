import { startNodeExporter } from '../../demo/servers/start.ts'

// Starts a server and exits in the way its argument names; `start.test.ts` checks what it leaves behind.
const server = await startNodeExporter()
console.log(JSON.stringify({ pid: server.pid, url: server.url }))
const [way] = process.argv.slice(2)
if (way === 'throw') {
  setImmediate(() => {
    throw new Error('on purpose')
  })
} else if (way === 'exit') {
  process.exit(3)
} else {
  setInterval(() => {}, 1000)
}
