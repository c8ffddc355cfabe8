import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics } from '../../runtime/index.ts'
import { catalogue, counter, gauge, histogram, info } from '../../runtime/metrics.ts'
import { linesOf, withoutContractLines } from './fixture.ts'

const broken = {
  ...catalogue('tb', {
    sound_total: counter({ help: 'x' }),
    latency: histogram({ help: 'x', buckets: [1, 1] }),
    nothing: gauge({ help: ' ' }),
    render: gauge({ help: 'x' }) as never,
    sound: gauge({ help: 'x' }),
    facts: info({ help: 'x', labels: {} }),
  }),
  bare: counter({ help: 'x' }),
  five: 5,
}

const faults = [
  'tb_latency: bucket bounds must increase: 1, then 1; sort them and list each once',
  'tb_nothing has no help text; describe in one sentence what it measures',
  "tb_render has the key 'render', which createMetrics reserves; choose another key",
  'the gauge tb_sound and the counter tb_sound_total (family tb_sound) clash in OpenMetrics: both may expose tb_sound, but a name can belong to only one metric; rename one of them',
  'tb_facts is an info metric, but its name does not end in _info; call it facts_info',
  "'bare' has no name: give it one with catalogue(prefix, { … })",
  "'five' is 5 (number), expected a metric such as counter({ … })",
]

test('strict mode refuses a catalogue and lists everything that is wrong with it', () => {
  assert.throws(() => createMetrics(broken as never, { mode: 'strict' }), {
    message: `createMetrics: ${faults.join('\n')}`,
  })
})

test('lenient mode continues without the broken metrics: it logs them and counts each write to them', async () => {
  const logged: string[] = []
  const metrics = createMetrics(broken as Omit<typeof broken, 'render'>, {
    mode: 'lenient',
    log: (line) => logged.push(line),
  })
  metrics.sound_total.inc()
  metrics.latency.observe(1)
  metrics.latency.bind().observe(2)
  metrics.bare.inc()
  metrics.nothing.collect(() => 5)
  assert.deepEqual(
    logged.map((line) => line.replace(/ \(at [^)]*\);/, ';')),
    ['tb_latency', 'tb_nothing', 'tb_render', 'tb_sound', 'tb_facts', 'bare', 'five'].map(
      (name, i) => `botwatch: ${name} records nothing: ${faults[i]}; repeats are counted, not logged`,
    ),
  )
  assert.deepEqual(
    metrics.refused().map(({ metric, reason, count }) => `${metric} ${reason} ${count}`),
    [
      'bare definition 2',
      'five definition 1',
      'tb_facts definition 1',
      'tb_latency definition 3',
      'tb_nothing definition 2',
      'tb_render definition 1',
      'tb_sound definition 1',
    ],
  )
  const text = await metrics.render()
  assert.equal(withoutContractLines(text), '# HELP tb_sound_total x\n# TYPE tb_sound_total counter\ntb_sound_total 1\n')
  assert.deepEqual(linesOf(text, 'tb_sound_total'), ['tb_sound_total 1'])
})

test('something other than a catalogue is refused in either mode', () => {
  for (const mode of ['strict', 'lenient'] as const)
    assert.throws(() => createMetrics(undefined as never, { mode }), {
      name: 'TypeError',
      message: 'createMetrics: the catalogue is undefined, expected the return value of catalogue(prefix, { … })',
    })
})

test('a metric declared in two layers is refused', () => {
  const layers = [{ x: gauge({ help: 'x' }) }, { y: gauge({ help: 'x' }) }, { x: gauge({ help: 'z' }) }]
  assert.throws(() => createMetrics(catalogue('tb', layers as never), { mode: 'strict' }), {
    message:
      'createMetrics: tb_x is declared in layers 1, 3 of the list: only one of them could be used; rename or remove one of them',
  })
})

test('metrics of two catalogues that clash in OpenMetrics are refused', () => {
  const one = catalogue('tb', { x: histogram({ help: 'x', buckets: [1] }) })
  const two = catalogue('tb_x', { count_total: counter({ help: 'x' }) })
  assert.throws(() => createMetrics({ ...one, ...two }, { mode: 'strict' }), {
    message:
      'createMetrics: the counter tb_x_count_total (family tb_x_count) and the histogram tb_x clash in OpenMetrics: both may expose tb_x_count, but a name can belong to only one metric; rename one of them',
  })
})

test('two metrics with the same name are refused, whichever catalogue they come from', () => {
  const one = catalogue('tb', { x: gauge({ help: 'x' }) })
  const two = catalogue('tb_x', { count_of: gauge({ help: 'x' }) })
  const clash = { ...one, y: one.x, ...two }
  assert.throws(() => createMetrics(clash, { mode: 'strict' }), {
    message: 'createMetrics: tb_x is declared twice; remove one of them',
  })
})
