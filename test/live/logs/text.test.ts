import assert from 'node:assert/strict'
import { test } from 'node:test'
import { items, lines, ms, ratio } from '../../../definitions/language/index.ts'
import { knownPipes } from '../../../generators/logsql/pipe-fields.ts'
import { printCondition, printFigure, printLines } from '../../../generators/logsql/print.ts'
import { narrowLines } from '../../../generators/outputs/grafana/narrow-lines.ts'
import { events, logsBot } from '../../fixtures/logs-bot.ts'
import { withPluginVariables } from '../../fixtures/plugin-variables.ts'
import { needs } from '../../servers/skipped.ts'
import { until } from '../prometheus-api.ts'
import { logPipeline, writer } from './log-stage.ts'
import { ask } from './store.ts'

// LogsQL as text in the real store: over distinct lines, in rules and over a range, as panels ask.

const failed = lines(events.order_failed)
const line = (seq: number, symbol: string, error: string) => ({
  ...writer,
  ts: new Date().toISOString(),
  level: 'error',
  event: 'order_failed',
  symbol,
  side: 'buy',
  error,
  run: 'r1',
  seq,
})

/** Stores lines, and waits until queries find them. */
async function storedIn(store: string, written: readonly object[]): Promise<void> {
  const asked = { _stream_fields: 'bot,env,instance,event', _time_field: 'ts', _msg_field: 'msg' }
  await fetch(`${store}/insert/jsonline?${new URLSearchParams(asked)}`, {
    method: 'POST',
    body: written.map((one) => JSON.stringify(one)).join('\n'),
  })
  await until('the lines are stored', 30_000, async () => {
    const [row] = await ask(store, '{bot="tb",env="paper"} | stats count() as rows')
    return row?.['rows'] === `${written.length}` ? true : null
  })
}

/** The values of a figure by their labels, as a panel gets them: one window over a range. */
async function overRange(store: string, query: string): Promise<Readonly<Record<string, number>>> {
  const now = Math.floor(Date.now() / 1000)
  const asked = new URLSearchParams({ query, start: `${now - 300}`, end: `${now + 60}`, step: '1d' })
  const answer = await fetch(`${store}/select/logsql/stats_query_range?${asked}`)
  const body = await answer.text()
  if (!answer.ok) throw new Error(`${query}: ${answer.status} ${body}`)
  const { data } = JSON.parse(body) as {
    data: { result: readonly { metric: Record<string, string>; values: readonly [number, string][] }[] }
  }
  return Object.fromEntries(
    data.result.map(({ metric, values }) => {
      const { bot, env, instance, ...labels } = metric
      assert.deepEqual({ bot, env, instance }, writer)
      return [Object.values(labels).sort().join(' '), values.reduce((sum, [, value]) => sum + Number(value), 0)]
    }),
  )
}

test('figures as text are over distinct lines, and each pipe they may have is one of the store', async (t) => {
  if ((await needs(t, 'victoria-logs', 'vlagent', 'vmalert')) === undefined) return
  const { programs, started } = await logPipeline(t, logsBot)
  const store = (await started(programs.victoriaLogs())).url
  const written = [
    ...[1, 1, 1].map((seq) => line(seq, 'BTC', 'timeout after 300ms')),
    ...[2, 2].map((seq) => line(seq, 'BTC', 'timeout after 100ms')),
    line(3, 'ETH', 'margin {"code":7}'),
  ]
  await storedIn(store, written)
  const scope = { bot: writer.bot, env: writer.env }
  const average = failed
    .pipes('extract "after <waited>ms" from error | filter waited:* | stats avg(waited)', '1d')
    .as(ms, ['symbol'])
  assert.deepEqual(await overRange(store, printFigure(average.figure, scope)), { 'BTC value': 200 })
  const share = failed
    .pipes('stats count() if (error:~"^margin") as margin, count() all | math round(margin / all, 0.01) as value', '1d')
    .as(ratio)
  assert.deepEqual(await overRange(store, printFigure(share.figure, scope)), { value: 0.33 })
  const eitherOf = failed.logsql('error:~"^margin" or symbol:=BTC').count('1d').by('symbol')
  assert.deepEqual(await overRange(store, printFigure(eitherOf.figure, scope)), { 'BTC value': 2, 'ETH value': 1 })
  const { lines: condition, unit } = average.gt(ms(150))
  assert.deepEqual(await ask(store, printCondition(condition, unit, scope)), [
    { ...writer, symbol: 'BTC', value: '0.2' },
  ])

  const uses: Readonly<Record<string, string>> = {
    filter: 'filter error:~timeout',
    where: 'where error:~timeout',
    extract: 'extract if (error:~timeout) "after <x>ms" from error',
    extract_regexp: 'extract_regexp "after (?P<x>[0-9]+)" from error',
    format: 'format "<symbol>/<uc:side>" as x',
    math: 'math 2 * 3 as x',
    eval: 'eval 2 * 3 as x',
    replace: 'replace ("timeout", "late") at error',
    replace_regexp: 'replace_regexp ("time.*", "late") at error',
    collapse_nums: 'collapse_nums at error',
    rename: 'rename error as x',
    mv: 'mv error as x',
    copy: 'copy error as x',
    cp: 'cp error as x',
    len: 'len(error) as x',
    hash: 'hash(error) as x',
    json_array_len: 'json_array_len(error) as x',
    unroll: 'unroll (error)',
    unpack_json: 'unpack_json from error fields (code)',
    unpack_logfmt: 'unpack_logfmt from error fields (code)',
    stats: 'stats by (bot, env, instance, symbol) count() as x',
  }
  assert.deepEqual(Object.keys(uses), knownPipes)
  const found: Record<string, number> = {}
  for (const [name, pipe] of Object.entries(uses)) {
    const { figure } = failed.pipes(`${pipe} | stats count()`, '1d').as(items)
    found[name] = (await overRange(store, printFigure(figure, scope)))['value'] ?? Number.NaN
  }
  assert.deepEqual(
    found,
    Object.fromEntries(knownPipes.map((name) => [name, ['filter', 'where', 'stats'].includes(name) ? 2 : 3])),
  )
})

test('all values of a variable keep every line, and a value only those with it and those of events without the field', async (t) => {
  if ((await needs(t, 'victoria-logs', 'vlagent', 'vmalert')) === undefined) return
  const { programs, started } = await logPipeline(t, logsBot)
  const store = (await started(programs.victoriaLogs())).url
  const { symbol: _, ...without } = line(3, '', 'no symbol')
  await storedIn(store, [
    line(1, 'BTC', 'a'),
    line(2, 'ETH "x"', 'b'),
    without,
    { ...without, seq: 4, event: 'heartbeat' },
    { ...line(5, 'BTC', 'c'), instance: 'tb-2' },
  ])
  const choices = { bot: 'tb', sources: new Map(), variables: [], free: ['symbol'] }
  const filter = narrowLines(lines(events.order_failed, events.heartbeat).count('5m').figure.filter, choices)
  const found = async (instance: string | readonly string[], symbol: string | readonly string[]) =>
    (
      await ask(
        store,
        withPluginVariables(printLines(filter, { bot: 'tb', env: '$env' }), { env: 'paper', instance, symbol }),
      )
    )
      .map(({ seq }) => Number(seq))
      .sort()
  assert.deepEqual(await found('.*', '.*'), [1, 2, 3, 4, 5])
  assert.deepEqual(await found('tb-1', '.*'), [1, 2, 3, 4])
  assert.deepEqual(await found(['tb-1', 'tb-2'], ['BTC']), [1, 4, 5])
  assert.deepEqual(await found('.*', ['BTC', 'ETH "x"']), [1, 2, 4, 5])
  assert.deepEqual(await found(['tb-2'], ['ETH "x"']), [])
})
