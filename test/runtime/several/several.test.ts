import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { freePort } from '../../../demo/servers/port.ts'
import type { WorkerOrder } from './primary.ts'
import { scrapedUntil, start, tenScrapes } from './program.ts'

const ten = (orders: number) => Array.from({ length: 10 }, () => orders)
/** The numbers of processes and threads differ at each run. */
const withoutNumbers = (line: string) =>
  line.replaceAll(/process \d+/g, 'process PID').replace(/thread \d+/, 'thread N')

const noKeepAlive = { headers: { connection: 'close' } }

/** A cluster whose workers are given the same port. */
async function clusterOf(t: TestContext, file = './bot.ts') {
  const port = await freePort()
  const primary = start(t, './primary.ts', { TWIN_PORT: `${port}`, BOT_FILE: file })
  const order = (what: WorkerOrder['what'], to: string, env?: WorkerOrder['env']) =>
    primary.process.send({ what, to, ...(env === undefined ? {} : { env }) })
  return {
    port,
    ...primary,
    order,
    /** Forks a worker that has counted this many orders, and waits until it runs. */
    async fork(name: string, orders: number, env: Readonly<Record<string, string>> = {}) {
      order('fork', name, { ORDERS: `${orders}`, ...env })
      await primary.line(new RegExp(`^${name} runs$`))
    },
  }
}

test('of two workers of a cluster one serves; the other runs, logs one line, and takes over when the first ends', async (t) => {
  const { port, lines, line, order, fork } = await clusterOf(t)
  await fork('first', 100)
  await fork('second', 20)
  assert.deepEqual(await tenScrapes(port), ten(100))
  assert.equal(
    withoutNumbers(await line(/botwatch/)),
    `second botwatch: serve: 127.0.0.1:${port} is already in use, so Prometheus does not see what worker 2 (process PID) counts: ` +
      'run one worker, or give each its own port (cluster.fork({ METRICS_PORT })) and list each as a target; ' +
      'until then it keeps running, and it serves this port once that is free',
  )
  assert.deepEqual(await tenScrapes(port), ten(100))

  order('SIGKILL', 'first')
  await scrapedUntil(port, 20)
  assert.equal(
    withoutNumbers(await line(/ is free: /)),
    `second botwatch: serve: 127.0.0.1:${port} is free: worker 2 (process PID) serves it from now on`,
  )
  assert.deepEqual(await tenScrapes(port), ten(20))
  assert.equal(lines.filter((each) => each.includes('botwatch')).length, 2)
})

test('a worker that its primary disconnects ends and leaves its port to the next', async (t) => {
  const { port, line, order, fork } = await clusterOf(t)
  await fork('first', 100)
  await fork('second', 20)
  order('disconnect', 'first')
  await line(/^first ended with 0$/)
  await scrapedUntil(port, 20)
  await fork('third', 3)
  order('disconnect', 'third')
  await line(/^third ended with 0$/)
})

test('a worker that closes its server while it waits for the port ends', async (t) => {
  const { port, line, order, fork } = await clusterOf(t)
  await fork('first', 100)
  await fork('second', 20)
  order('close', 'second')
  await line(/^second closed$/)
  await line(/^second ended with 0$/)
  assert.deepEqual(await tenScrapes(port), ten(100))
  order('close', 'first')
  await line(/^first ended with 0$/)
})

/** The variables that pm2 sets in an instance, of those that matter here. */
const instance = (of: number, instances: number) => ({
  name: 'bot',
  pm_id: `${of}`,
  exec_mode: 'cluster_mode',
  instances: `${instances}`,
  NODE_APP_INSTANCE: `${of}`,
})

test('with pm2 -i 2 one instance serves, and the line of the other names both ways to fix it', async (t) => {
  const { port, line, fork } = await clusterOf(t)
  await fork('first', 100, instance(0, 2))
  await fork('second', 20, instance(1, 2))
  assert.equal(
    withoutNumbers(await line(/botwatch/)),
    `second botwatch: serve: 127.0.0.1:${port} is already in use, so Prometheus does not see what instance 1 (process PID) counts: ` +
      'run one instance (pm2 start bot.js -i 1), or give each its own port (port + Number(process.env.NODE_APP_INSTANCE)) ' +
      'and list each as a target; until then it keeps running, and it serves this port once that is free',
  )
  assert.deepEqual(await tenScrapes(port), ten(100))
})

test('after pm2 reload of one instance the new process serves, and nothing is logged', async (t) => {
  const { port, lines, line, order, fork } = await clusterOf(t)
  await fork('old', 100, instance(0, 1))
  assert.deepEqual(await tenScrapes(port), ten(100))
  // pm2 starts the new process under the id of the old one, waits for it, and then interrupts the old one.
  await fork('new', 20, instance(0, 1))
  assert.deepEqual(await tenScrapes(port), ten(100))
  order('SIGINT', 'old')
  await line(/^old ended with SIGINT$/)
  await scrapedUntil(port, 20)
  assert.deepEqual(await tenScrapes(port), ten(20))
  assert.deepEqual(
    lines.filter((each) => each.includes('botwatch')),
    [],
  )
})

test('two instances of pm2 in fork mode: one serves, the other runs and takes over', async (t) => {
  const port = await freePort()
  const fork = async (of: number, orders: number) => {
    const env = { ...instance(of, 2), exec_mode: 'fork_mode', NAME: `bot ${of}`, ORDERS: `${orders}` }
    const program = start(t, './bot.ts', { ...env, TWIN_PORT: `${port}` })
    await program.line(/ runs$/)
    return program
  }
  const first = await fork(0, 100)
  const second = await fork(1, 20)
  assert.deepEqual(await tenScrapes(port), ten(100))
  const ended = once(first.process, 'exit')
  first.process.send('close')
  assert.deepEqual(await ended, [0, null])
  await scrapedUntil(port, 20)
  assert.deepEqual(
    [...first.lines, ...second.lines].map((each) => each.replace(/^bot \d /, '')),
    ['runs', 'closed', 'runs'],
  )
})

test('a bot on its own whose port is in use is refused, as a second start by mistake', async (t) => {
  const port = await freePort()
  const alone = { TWIN_PORT: `${port}`, ORDERS: '1', NAME: 'first' }
  const first = start(t, './bot.ts', alone)
  await first.line(/ runs$/)
  const second = start(t, './bot.ts', { ...alone, NAME: 'second' })
  assert.deepEqual(await once(second.process, 'exit'), [1, null])
  assert.deepEqual(second.lines, [])
})

test('of the threads of a bot one serves; the others run, the main thread included, and take over', async (t) => {
  const port = await freePort()
  const { process: bot, lines, line } = start(t, './threads.ts', { TWIN_PORT: `${port}` })
  await line(/^main runs$/)
  assert.deepEqual(await tenScrapes(port), ten(100))
  await line(/^second botwatch/)
  await line(/^main botwatch/)
  assert.deepEqual(
    lines
      .filter((each) => each.includes('botwatch'))
      .map(withoutNumbers)
      .sort(),
    [
      `main botwatch: serve: 127.0.0.1:${port} is already in use, so Prometheus does not see what the main thread counts: ` +
        'call serve() in one thread only, or give each its own port (new Worker(file, { workerData: { port } })) and list each as a target; ' +
        'until then it keeps running, and it serves this port once that is free',
      `second botwatch: serve: 127.0.0.1:${port} is already in use, so Prometheus does not see what thread N of process PID counts: ` +
        'call serve() in one thread only, or give each its own port (new Worker(file, { workerData: { port } })) and list each as a target; ' +
        'until then it keeps running, and it serves this port once that is free',
    ],
  )
  bot.send('end the second')
  bot.send('end the first')
  await scrapedUntil(port, 3)
  const ended = once(bot, 'exit')
  bot.send('close')
  assert.deepEqual(await ended, [0, null])
})

test('workers that share a server of the bot’s own answer from one of them, and from another once it has ended', async (t) => {
  const { port, lines, line, order, fork } = await clusterOf(t, './bot-with-server.ts')
  await fork('first', 100)
  assert.deepEqual(await tenScrapes(port), ten(100))
  await fork('second', 20)
  // Everything else is still answered by both.
  const answers = new Set<string>()
  while (answers.size < 2) answers.add(await (await fetch(`http://127.0.0.1:${port}/`, noKeepAlive)).text())
  assert.deepEqual(await tenScrapes(port), ten(100))
  while (!lines.some((each) => each.includes('botwatch'))) assert.deepEqual(await tenScrapes(port), ten(100))
  assert.equal(
    withoutNumbers(await line(/botwatch/)),
    `second botwatch: requestHandler: another process answers /metrics on port ${port}, so Prometheus does not see what worker 2 (process PID) counts: ` +
      'run one worker, or give each its own port (cluster.fork({ METRICS_PORT })) and list each as a target; ' +
      'until then it keeps running, and it answers once that process has ended',
  )
  for (let i = 0; i < 4; i++) {
    const refused = await fetch(`http://127.0.0.1:${port}/metrics`, noKeepAlive)
    assert.deepEqual([refused.status, await refused.text()], [401, 'not authorized\n'])
    const packed = await fetch(`http://127.0.0.1:${port}/metrics`, {
      headers: { ...noKeepAlive.headers, authorization: 'Bearer secret', 'accept-encoding': 'gzip' },
    })
    assert.equal(packed.headers.get('content-encoding'), 'gzip')
    assert.match(await packed.text(), /^tb_orders_total 100$/m)
  }
  order('SIGKILL', 'first')
  await line(/^first ended with SIGKILL$/)
  await scrapedUntil(port, 20)
  assert.deepEqual(await tenScrapes(port), ten(20))
  await fork('third', 3)
  assert.deepEqual(await tenScrapes(port), ten(20))
  order('disconnect', 'second')
  await line(/^second ended with 0$/)
  assert.deepEqual(await tenScrapes(port), ten(3))
})
