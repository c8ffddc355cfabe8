import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { shortHash } from '../../definitions/language/contract-form.ts'
import { authorizationFrom } from '../../generators/commands/verify/authorization.ts'
import { contractOf } from '../../generators/outputs/contract/contract.ts'
import { compare } from '../../generators/verify/compare.ts'
import { readExposition } from '../../generators/verify/read.ts'
import { createMetrics } from '../../runtime/index.ts'
import { runtimeMetrics } from '../runtime/fixture.ts'
import { runVerify } from './command.ts'
import { tb } from './python-modules.ts'

const contract = contractOf({ bot: tb })

test('a bot with our runtime exposes the hash of its contract, and fits it even with --strict', async () => {
  for (const format of ['text', 'openmetrics'] as const) {
    const read = readExposition(await createMetrics(runtimeMetrics).render(format), format)
    assert.ok('families' in read)
    assert.deepEqual(compare(contract, read, true).findings, [])
  }
})

test('a bot that runs another contract is reported with the line and both hashes', async () => {
  const text = (await createMetrics(runtimeMetrics).render()).replace(/hash="[0-9a-f]+"/, 'hash="0123456789abcdef"')
  const read = readExposition(text, 'text')
  assert.ok('families' in read)
  assert.deepEqual(compare(contract, read).findings, [
    {
      code: 'hash',
      refused: true,
      metric: 'tb_contract_info',
      line: text.split('\n').findIndex((line) => line.startsWith('tb_contract_info')) + 1,
      given: 'runs contract "0123456789abcdef"',
      expected: shortHash(contract.hash),
      fix: 'build and start the bot from these definitions, or compare it with its own contract.json',
    },
  ])
})

test('verify authenticates from a file or the environment, and prints no secret', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-verify-login-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const [token, login] = [file('token', 's3cret-t0ken\n'), file('login', 'me:pass:word')]
  const contractFile = file('contract.json', JSON.stringify(contract))
  const text = await createMetrics(runtimeMetrics).render()
  const asked: (string | undefined)[] = []
  const server = createServer(({ headers }, response) => {
    asked.push(headers.authorization)
    if (headers.authorization === undefined) response.writeHead(401).end()
    else response.end(text)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`
  const args = [url, '--contract', contractFile]

  const table: readonly (readonly [readonly string[], number])[] = [
    [[...args, '--token-file', token], 0],
    [[...args, '--login-file', login], 0],
    [args, 2],
    [[...args, '--token-file', token, '--login-file', login], 2],
    [[...args, '--login-file', token], 2],
  ]
  for (const [given, status] of table) {
    const result = await runVerify(given)
    assert.equal(result.status, status, result.stderr)
    assert.doesNotMatch(`${result.stdout}${result.stderr}`, /s3cret|pass:word/)
  }
  assert.deepEqual(asked, ['Bearer s3cret-t0ken', `Basic ${Buffer.from('me:pass:word').toString('base64')}`, undefined])
})

test('credentials come from the environment if no file is given', async () => {
  assert.equal(await authorizationFrom({ env: {} }), null)
  assert.equal(await authorizationFrom({ env: { BOTWATCH_TOKEN: 'abc' } }), 'Bearer abc')
  assert.equal(
    await authorizationFrom({ env: { BOTWATCH_LOGIN: 'me:word' } }),
    `Basic ${Buffer.from('me:word').toString('base64')}`,
  )
  const wrong: readonly (readonly [Parameters<typeof authorizationFrom>[0], string])[] = [
    [{ env: { BOTWATCH_TOKEN: 'a b' } }, 'BOTWATCH_TOKEN: not a valid token, expected one line without spaces'],
    [{ env: { BOTWATCH_LOGIN: 'me' } }, 'BOTWATCH_LOGIN: not a valid login, expected one line such as user:password'],
    [
      { env: { BOTWATCH_TOKEN: 'a', BOTWATCH_LOGIN: 'b:c' } },
      'BOTWATCH_TOKEN and BOTWATCH_LOGIN are both set: unset one of them',
    ],
    [{ tokenFile: '/nowhere/token', env: {} }, '/nowhere/token: no such file, expected one that holds the secret'],
  ]
  for (const [given, why] of wrong) assert.deepEqual(await authorizationFrom(given), { wrong: why })
})
