import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compare, type VerifyReport } from '../../generators/verify/compare.ts'
import { readExposition } from '../../generators/verify/read.ts'
import { mergeReports, unseen } from '../../generators/verify/watch.ts'
import { busyMetrics, contract } from './fixture.ts'

function reportOf(text: string): VerifyReport {
  const read = readExposition(text, 'text')
  if ('wrong' in read) throw new Error(read.wrong)
  return compare(contract, read)
}

test('what one scrape had stays seen, and missing is what no scrape had', async () => {
  const whole = await busyMetrics().render()
  const lines = whole.split('\n')
  const half = (keep: (line: string) => boolean) => reportOf(lines.filter(keep).join('\n'))
  const noBars = half((line) => !line.includes('tb_bars_total'))
  const noMode = half((line) => !/^tb_trading_mode|tb_equity_usdt|tb_info/.test(line))
  const neither = half((line) => !/tb_bars_total|^tb_info/.test(line))

  assert.deepEqual(unseen(noBars), ['tb_bars_total'])
  assert.deepEqual(unseen(noMode), ['tb_trading_mode', 'tb_equity_usdt', 'tb_info'])
  assert.deepEqual(unseen(mergeReports(mergeReports(null, neither), noMode)), ['tb_info'])
  const all = mergeReports(mergeReports(mergeReports(null, noMode), noBars), neither)
  assert.deepEqual([unseen(all), all.findings, all.seen.length], [[], [], 13])
})

test('what was wrong once stays reported, unless it may resolve over time', async () => {
  const whole = await busyMetrics().render()
  const bad = reportOf(
    whole
      .replace('tb_bars_total 1', 'tb_bars_total NaN')
      .replace('tb_orders_total{side="sell",status="filled"} 0\n', ''),
  )
  const codes = (report: VerifyReport) => report.findings.map(({ code }) => code)
  assert.deepEqual(codes(bad), ['number', 'not-at-zero'])
  assert.deepEqual(codes(mergeReports(bad, reportOf(whole))), ['number'])
  assert.deepEqual(codes(mergeReports(bad, bad)), ['number', 'not-at-zero'])
})
