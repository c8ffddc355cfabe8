import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type FaultName, faultNames, faults } from '../../demo/mcbot/faults/list.ts'
import { type FaultsServer, serveFaults, type Turn } from '../../demo/paper/faults/server.ts'
import { createSwitches } from '../../demo/paper/faults/switches.ts'

const switches = createSwitches<FaultName>()
const turns: Turn<FaultName>[] = []
let server: FaultsServer
before(async () => {
  server = await serveFaults(faults, switches, {
    port: 0,
    turned: (turn) => {
      turns.push(turn)
      switches.turn(turn.name, turn.on)
    },
  })
})
after(() => server.close())

const ask = async (method: string, path: string, body?: string, headers: Record<string, string> = {}) => {
  const url = `${server.url}${path}`
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) })
  return { status: response.status, body: (await response.json()) as unknown }
}

test('the list has every fault: whether it is on, what it does and which alerts it trips', async () => {
  const { status, body } = await ask('GET', '')
  assert.equal(status, 200)
  assert.deepEqual(
    body,
    faultNames.map((name) => ({ name, on: false, ...faults[name] })),
  )
})

const turned = [
  { path: '/memory?on', body: undefined, turn: { name: 'memory', on: true, seconds: null } },
  { path: '/memory?off', body: undefined, turn: { name: 'memory', on: false, seconds: null } },
  { path: '/ws-silent', body: '{"on":true}', turn: { name: 'ws-silent', on: true, seconds: null } },
  { path: '/ws-silent?on=false', body: '', turn: { name: 'ws-silent', on: false, seconds: null } },
  { path: '/hang', body: '{"on":true,"seconds":0.5}', turn: { name: 'hang', on: true, seconds: 0.5 } },
  { path: '/hang?off&seconds=3', body: undefined, turn: { name: 'hang', on: false, seconds: 3 } },
] as const
for (const { path, body, turn } of turned)
  test(`POST /faults${path} ${body ?? ''} turns ${turn.name} ${turn.on ? 'on' : 'off'}`, async () => {
    const answered = await ask('POST', path, body)
    assert.deepEqual(answered, {
      status: 200,
      body: JSON.parse(JSON.stringify({ name: turn.name, on: turn.on, ...faults[turn.name] })),
    })
    assert.deepEqual(turns.at(-1), turn)
    assert.equal(switches.isOn(turn.name), turn.on)
    assert.deepEqual(((await ask('GET', `/${turn.name}`)).body as { on: boolean }).on, turn.on)
  })

const expected = 'expected ?on or ?off, or a body such as {"on":true}'
const refused = [
  { method: 'POST', path: '/memory', body: undefined, status: 400, error: `/faults/memory: ${expected}` },
  {
    method: 'POST',
    path: '/memory',
    body: '{on}',
    status: 400,
    error: `/faults/memory: the body is not JSON; ${expected}`,
  },
  { method: 'POST', path: '/memory', body: '{"on":1}', status: 400, error: `/faults/memory: ${expected}` },
  { method: 'POST', path: '/memory', body: 'null', status: 400, error: `/faults/memory: ${expected}` },
  {
    method: 'POST',
    path: '/hang?on&seconds=-1',
    body: undefined,
    status: 400,
    error: '/faults/hang: seconds is -1, expected a number above 0 and at most 3600',
  },
  {
    method: 'POST',
    path: '/memry?on',
    body: undefined,
    status: 404,
    error: `unknown fault 'memry'; available: ${faultNames.join(', ')}`,
  },
  {
    method: 'POST',
    path: '/toString?on',
    body: undefined,
    status: 404,
    error: `unknown fault 'toString'; available: ${faultNames.join(', ')}`,
  },
  {
    method: 'DELETE',
    path: '/memory',
    body: undefined,
    status: 405,
    error: 'DELETE /faults/memory: expected GET or POST',
  },
  {
    method: 'POST',
    path: '',
    body: undefined,
    status: 405,
    error: 'POST /faults: expected GET, or POST /faults/<name>',
  },
] as const
for (const { method, path, body, status, error } of refused)
  test(`${method} /faults${path} ${body ?? ''} is refused and switches nothing`, async () => {
    const before = turns.length
    assert.deepEqual(await ask(method, path, body), { status, body: { error } })
    assert.equal(turns.length, before)
  })

test('a web page cannot switch a fault', async () => {
  const answered = await ask('POST', '/memory?on', undefined, { Origin: 'http://example.com' })
  assert.deepEqual(answered, {
    status: 403,
    body: { error: 'faults can be switched only from this machine, and not by a web page' },
  })
  assert.equal(switches.isOn('memory'), false)
})
