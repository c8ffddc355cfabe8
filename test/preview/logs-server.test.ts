import assert from 'node:assert/strict'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { forwardToLogs } from '../../generators/commands/preview/logs-proxy.ts'
import { createStoreOf } from '../../generators/commands/preview/stores.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { composeOutput } from '../../generators/outputs/compose/compose.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { logsBot } from '../fixtures/logs-bot.ts'
import { writeAll } from '../fixtures/on-disk.ts'
import { answeringServer, origin, previewFolder, previewOf, unusedAddress } from './preview-of.ts'

const asked = '/logs/tiny/select/logsql'
const line = '{"_time":"2026-11-30T10:00:00Z","_msg":"a"}'

test('only queries of log lines are forwarded to VictoriaLogs, with what they need and nothing else', async (t) => {
  const forwarded: string[] = []
  const logs = await answeringServer(t, (path) => {
    forwarded.push(path)
    return path.includes('stats_query') ? '{"status":"success","data":{"resultType":"vector","result":[]}}' : line
  })
  const { get } = await previewOf(t, { logs })
  const cases: readonly (readonly [string, RequestInit, number])[] = [
    [`${asked}/query?query=*&start=1&end=2&limit=1001`, {}, 200],
    [`${asked}/stats_query?query=*&time=1`, {}, 200],
    [`${asked}/stats_query_range?query=*&start=1&end=2&step=60000ms`, {}, 200],
    [`${asked}/query?query=*`, {}, 400],
    [`${asked}/query?query=*&limit=0`, {}, 400],
    [`${asked}/query?query=*&limit=1002`, {}, 400],
    [`${asked}/query?query=*&limit=1&limit=100000`, {}, 400],
    [`${asked}/stats_query?query=*&AccountID=2`, {}, 400],
    [`${asked}/stats_query?query=*&extra_filters=a`, {}, 400],
    [`${asked}/tail?query=*`, {}, 403],
    [`${asked}/hits?query=*`, {}, 403],
    [`${asked}/query/../../../insert/jsonline?limit=1`, {}, 403],
    ['/logs/tiny/insert/jsonline', {}, 403],
    ['/logs/tiny/delete/run_task?filter=*', {}, 403],
    ['/logs/tiny/metrics', {}, 403],
    [`${asked}/query?query=*&limit=1`, { method: 'POST' }, 405],
    ['/logs/other/select/logsql/query?query=*&limit=1', {}, 404],
  ]
  for (const [path, init, status] of cases)
    assert.equal((await get(path, init)).status, status, `${init.method} ${path}`)
  assert.deepEqual(forwarded, [
    '/select/logsql/query?query=*&start=1&end=2&limit=1001',
    '/select/logsql/stats_query?query=*&time=1',
    '/select/logsql/stats_query_range?query=*&start=1&end=2&step=60000ms',
  ])
})

test('lines are answered in the format of Prometheus, as many as there is room for', async (t) => {
  const lines = [1, 2, 3].map((n) => JSON.stringify({ _time: `2026-11-30T10:00:0${n}Z`, _msg: '<b>가</b>' }))
  const store = await answeringServer(t, () => `${lines.join('\n')}\n`)
  const ask = async (most?: number) =>
    JSON.parse((await forwardToLogs(store, '/select/logsql/query', '?query=*&limit=9', 4000, most)).body)
  const all = lines.map((one) => JSON.parse(one))
  assert.deepEqual(await ask(), { status: 'success', data: { isCut: false, lines: all } })
  assert.deepEqual(await ask(lines.join('\n').length - 5), {
    status: 'success',
    data: { isCut: true, lines: all.slice(0, 2) },
  })
  assert.deepEqual(
    await forwardToLogs(store, '/select/logsql/stats_query', '?query=*', 4000, 20).then(({ status, body }) => [
      status,
      JSON.parse(body).error,
    ]),
    [413, 'The answer of VictoriaLogs has more than 0.00002 MB: choose a shorter time range.'],
  )
})

test('a store that fails is reported with a message in the format of Prometheus', async (t) => {
  const away = await unusedAddress()
  const slow = await answeringServer(t, () => null)
  const other = await answeringServer(t, () => '<html>a proxy</html>')
  const numbers = await answeringServer(t, () => '{"_msg":1}')
  const cases = [
    [other, 502, `${origin(other)} answered 200, but not in the format of VictoriaLogs.`],
    [numbers, 502, `${origin(numbers)} answered 200, but not in the format of VictoriaLogs.`],
    [slow, 504, `VictoriaLogs at ${origin(slow)} did not answer within 0.2 s.`],
    [
      away,
      502,
      `VictoriaLogs at ${origin(away)} does not answer (ECONNREFUSED). Is it running? Use --logs to name another server.`,
    ],
    [
      undefined,
      404,
      'The preview knows no store with the log lines of tiny: its stack has none, and --logs names none.',
    ],
  ] as const
  for (const [logs, status, error] of cases) {
    const { get } = await previewOf(t, { ...(logs === undefined ? {} : { logs }), within: 200 })
    const answer = await get(`${asked}/query?query=*&limit=1`)
    assert.deepEqual([answer.status, JSON.parse(answer.text).error], [status, error])
  }
})

test('credentials in the address of VictoriaLogs are sent to it, and never shown', async (t) => {
  const seen: string[] = []
  const logs = await answeringServer(t, (_, authorization) => {
    seen.push(authorization)
    return line
  })
  const { get } = await previewOf(t, { logs: new URL(logs.href.replace('//', '//me:s3cret@')) })
  assert.equal((await get(`${asked}/query?query=*&limit=1`)).status, 200)
  assert.deepEqual(seen, [`Basic ${Buffer.from('me:s3cret').toString('base64')}`])
  const list = (await get('/api/dashboards')).text
  assert.doesNotMatch(list, /s3cret/)
  assert.equal(JSON.parse(list).bots[0].logs, origin(logs))
})

test('a bot without a store has none in the list', async (t) => {
  const { get } = await previewOf(t, {})
  assert.equal(JSON.parse((await get('/api/dashboards')).text).bots[0].logs, null)
})

test('the store of a bot is the one of its stack, on the port that its .env sets', async (t) => {
  const path = await previewFolder(t)
  const storeOf = createStoreOf()
  const found = async () => (await storeOf({ bot: 'tb', path }))?.href ?? null
  assert.equal(await found(), null)
  writeAll(path, composeOutput(resolve(logsBot, containerTopology).model))
  assert.equal(await found(), 'http://127.0.0.1:9428/')
  await writeFile(join(path, '.env'), 'VICTORIA_LOGS_PORT=19428\n')
  assert.equal(await found(), 'http://127.0.0.1:19428/')
  for (const broken of ['VICTORIA_LOGS_PORT=evil.example:1', 'VICTORIA_LOGS_PORT=', '"']) {
    await writeFile(join(path, '.env'), broken)
    assert.equal(await found(), 'http://127.0.0.1:9428/', broken)
  }
  await rm(join(path, 'docker-compose.yaml'))
  writeAll(path, composeOutput(resolve({ ...logsBot, events: {} }, containerTopology).model))
  assert.equal(await found(), null)
})
