import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Bot } from '../../definitions/language/bot.ts'
import { events } from '../fixtures/log-pipeline/log-events.ts'
import { botMetrics } from '../fixtures/log-pipeline/metrics.ts'
import { needsPython } from './python.ts'
import { botOf, moduleFolder, writeModule } from './python-modules.ts'

export type LogLine = Readonly<Record<string, unknown>> & Readonly<{ ts: string; run: string; seq: number }>

/** A bot that logs, of which the generator makes a module. */
export const loggingBot: Bot = { ...botOf('tradingbot', botMetrics), events }

/** A folder for log files, removed after the test. */
export function logFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-python-log-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The lines of all files in a folder, in the order of their names. */
export const linesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n').slice(0, -1))

/** Runs lines of Python that can use `TradingbotLog`, `metrics` and `folder`; returns what they print. */
export async function logProgram(t: TestContext, folder: string, lines: string): Promise<string | undefined> {
  const python = await needsPython(t)
  if (python === undefined) return undefined
  writeModule(loggingBot)
  const program = `
import json, logging, os, sys, time
from prometheus_client import CollectorRegistry
import tradingbot_metrics
from tradingbot_metrics import TradingbotLog, TradingbotMetrics
registry = CollectorRegistry()
metrics = TradingbotMetrics(registry)
folder = ${JSON.stringify(folder)}
good = {"symbol": "BTCUSDT", "side": "buy", "price": 65000, "amount": 0.01, "latency_ms": 45.2}
${lines}`
  return await python.run(program, moduleFolder)
}

/** A value as Python has it; undefined is a field that is not given. */
export function inPython(value: unknown): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number')
    return Number.isFinite(value) && !Object.is(value, -0)
      ? `${value}`
      : `float("${Object.is(value, -0) ? '-0' : value}")`
  if (Array.isArray(value)) return `[${value.map(inPython).join(', ')}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  const given = Object.entries(value).filter(([, of]) => of !== undefined)
  return `{${given.map(([name, of]) => `${JSON.stringify(name)}: ${inPython(of)}`).join(', ')}}`
}
