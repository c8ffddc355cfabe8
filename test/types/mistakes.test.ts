import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { compile, withImports } from './compile.ts'

const areas = ['metrics', 'series', 'units', 'labels', 'matching', 'alerts', 'dashboards', 'lines']
const directive = '// @ts-expect-error '

interface Expected {
  readonly file: string
  readonly line: number
  readonly sentence: string
}

test('the compiler refuses each mistake with the sentence above it, and nothing else', async () => {
  const files = new Map<string, string>()
  const expected: Expected[] = []
  for (const area of areas) {
    const file = `${area}.ts`
    const lines = readFileSync(new URL(file, import.meta.url), 'utf8').split('\n')
    for (const [i, line] of lines.entries()) {
      const at = line.indexOf(directive)
      if (at < 0) continue
      const next = lines.findIndex((code, j) => j > i && !/^\s*\/\//.test(code))
      expected.push({ file, line: next + 1, sentence: line.slice(at + directive.length).trim() })
    }
    files.set(file, withImports(lines.map((line) => line.replace(directive, '// ')).join('\n')))
  }
  const { complaints } = await compile(files)
  const wrong: string[] = []
  for (const { file, line, sentence } of expected) {
    const said = complaints
      .filter((found) => found.file === file && found.line === line)
      .map(({ message }) => plain(message))
    if (!said.some((message) => message.includes(sentence)))
      wrong.push(`${file}:${line}\n  expected: ${sentence}\n  said: ${said.join('\n    ') || 'nothing'}`)
  }
  for (const { file, line, message } of complaints)
    if (!expected.some((known) => known.file === file && known.line === line))
      wrong.push(`${file}:${line} unexpected: ${message}`)
  assert.equal(wrong.join('\n'), '')
  assert.ok(expected.length > 150, `only ${expected.length} mistakes were found`)
})

/** A message with the quotation marks inside strings unescaped. */
const plain = (message: string) => message.replaceAll('\\"', '"')
