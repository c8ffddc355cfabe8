import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext } from 'node:test'
import type { Bot } from '../../definitions/language/bot.ts'
import type { Model } from '../../generators/model/model.ts'
import { contractOf } from '../../generators/outputs/contract/contract.ts'
import { pythonOutput } from '../../generators/outputs/python/python.ts'
import { compare, type VerifyReport } from '../../generators/verify/compare.ts'
import { readExposition } from '../../generators/verify/read.ts'
import { smallBot } from '../fixtures/small-bot.ts'
import { runtimeMetrics } from '../runtime/fixture.ts'
import { needsPython } from './python.ts'

/** The folder of the modules. */
export const moduleFolder = mkdtempSync(join(tmpdir(), 'botwatch-python-module-'))
after(() => rmSync(moduleFolder, { recursive: true, force: true }))

export const botOf = (name: string, metrics: object): Bot => ({
  ...smallBot(),
  name,
  title: name,
  metrics: metrics as Bot['metrics'],
})
export const tb = botOf('tb', runtimeMetrics)

/** Writes the module of a bot into the folder and returns its text. The generator reads only the bot from the model. */
export function writeModule(bot: Bot): string {
  const [[path, text] = ['', '']] = pythonOutput({ bot } as Model)
  assert.equal(path, `python/${bot.name}_metrics.py`)
  writeFileSync(join(moduleFolder, `${bot.name}_metrics.py`), text)
  return text
}

/** Prints both formats of a registry, which a program has filled. */
export const showProgram = `
import json
from prometheus_client import generate_latest
from prometheus_client.openmetrics.exposition import generate_latest as open_metrics
def show(registry):
    print(json.dumps({"text": generate_latest(registry).decode(), "openmetrics": open_metrics(registry).decode()}))
`

export function reports(bot: Bot, shown: string): readonly VerifyReport[] {
  const both = JSON.parse(shown) as Readonly<Record<'text' | 'openmetrics', string>>
  return (['text', 'openmetrics'] as const).map((format) => {
    const read = readExposition(both[format], format)
    if ('wrong' in read) throw new Error(`${format}:${read.line}: ${read.wrong}`)
    return compare(contractOf({ bot }), read, true)
  })
}

/** Runs lines of Python that can use `metrics`, its `registry` and `value`; returns what they print. */
export async function tbProgram(t: TestContext, lines: string): Promise<readonly string[] | undefined> {
  const python = await needsPython(t)
  if (python === undefined) return undefined
  writeModule(tb)
  const program = `${showProgram}
import logging, sys
logging.basicConfig(stream=sys.stdout, format="%(message)s")
from prometheus_client import CollectorRegistry
import tb_metrics
registry = CollectorRegistry()
metrics = tb_metrics.TbMetrics(registry)
value = lambda name, **labels: registry.get_sample_value(name, labels)
${lines}`
  return (await python.run(program, moduleFolder)).trimEnd().split('\n')
}
