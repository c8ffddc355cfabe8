import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { expectFile, expectPart } from '../fixtures/expected.ts'
import { runAudit } from './run-audit.ts'

const folder = 'test/audit/cases'

/** Each folder has rules, dashboards, evidence and the full expected report; its name says what it is about. */
for (const name of readdirSync(folder))
  test(`the audit of ${name.replaceAll('-', ' ')}`, async () => {
    const path = (...parts: readonly string[]) => join(folder, name, ...parts)
    const given = (part: string, pattern: string) => (existsSync(path(part)) ? [path(part, pattern)] : [])
    const more = existsSync(path('options.json'))
      ? (JSON.parse(readFileSync(path('options.json'), 'utf8')) as object)
      : {}
    const { exit, text, complaints } = await runAudit({
      rules: given('rules', '*.*'),
      dashboards: given('dashboards', '*.json'),
      metrics: readdirSync(path('evidence'))
        .sort()
        .map((file) => path('evidence', file)),
      ...more,
    })
    const said = `${complaints}${text}exit ${exit}\n`.replaceAll(`${folder}/${name}/`, '')
    expectFile(path('expected.txt'), said)
  })

test('the example in the docs is what the audit prints', () => {
  const said = readFileSync(join(folder, 'the-dead-rules-of-a-real-bot/expected.txt'), 'utf8').replace(/exit 1\n$/, '')
  expectPart('docs/audit.md', /(?<=```text\n).*?(?=```)/s, said)
})
